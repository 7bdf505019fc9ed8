package io.zhiwen.conversation.training;

import io.zhiwen.conversation.feedback.Feedback;
import io.zhiwen.conversation.feedback.RatedSource;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A rated answer beside what was sent for it.
record Example(Feedback rated, Sent sent) {

    UUID id() {
        return rated.id();
    }

    /// Those it cites and those whose passages a model read for it.
    Set<UUID> documents() {
        return Stream.concat(
                        rated.sources().stream().map(RatedSource::document),
                        sent.passages().stream().map(Sent.Passage::document))
                .collect(Collectors.toSet());
    }

    /// Without the passages of other documents.
    Example with(Set<UUID> readable) {
        return new Example(
                rated,
                new Sent(
                        sent.question(),
                        sent.system(),
                        sent.model(),
                        sent.passages().stream()
                                .filter(passage -> readable.contains(passage.document()))
                                .toList()));
    }

    /// The same for whoever asks the same, whatever the case and the punctuation.
    List<Object> asked() {
        String folded =
                sent.question().toLowerCase(Locale.ROOT).replaceAll("[\\p{P}\\p{Z}\\s]+", " ");
        return List.of(folded.strip(), Set.copyOf(rated.bases()));
    }
}
