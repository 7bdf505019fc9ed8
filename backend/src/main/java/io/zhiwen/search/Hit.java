package io.zhiwen.search;

import io.zhiwen.ask.rerank.Passage;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// A passage and its document.
///
/// @param same passages that say the same in near-duplicates of the document; they stand for
/// nothing themselves
public record Hit(Passage passage, FoundDocument document, List<Hit> same) {

    public Hit {
        same = List.copyOf(same);
    }

    /// It and what it stands for.
    Stream<Hit> all() {
        return Stream.concat(Stream.of(this), same.stream());
    }

    /// The first of all that are wanted, standing for the others.
    Optional<Hit> narrowed(Predicate<Hit> wanted) {
        List<Hit> left = all().filter(wanted).toList();
        return left.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Hit(
                                left.getFirst().passage(),
                                left.getFirst().document(),
                                left.subList(1, left.size())));
    }
}
