package io.zhiwen.ask.retrieve;

import io.zhiwen.ask.translate.Translation;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the legs of a question found.
///
/// @param asked of the question as it was asked
/// @param translation null where nothing in another language is in reach, or nothing of the
/// question could be translated
/// @param translated what its translation found; empty without one
public record Searched(List<Leg> asked, @Nullable Translation translation, List<Leg> translated) {

    public Searched {
        asked = List.copyOf(asked);
        translated = List.copyOf(translated);
    }

    public List<Leg> legs() {
        return Stream.concat(asked.stream(), translated.stream()).toList();
    }

    /// Whether the scope holds passages in the language of the question.
    public boolean speaksQuestion() {
        return asked.stream()
                .filter(leg -> leg.kind() == Leg.Kind.VECTOR && leg.speaksQuestion())
                .anyMatch(leg -> leg.missing() != null || !leg.ranking().hits().isEmpty());
    }
}
