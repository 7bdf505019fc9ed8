package io.zhiwen.ask.translate;

import io.zhiwen.ingest.chunk.Language;
import io.zhiwen.ingest.index.Rendering;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A question in another language, word by word.
///
/// @param to the other language
/// @param asking what makes it a question, in that language: "how many", "谁"; may be empty
/// @param rendering what it asks about, as the dictionary has it
/// @param understood the same with the likeliest way of each word first
/// @param sentence as an interpreter said it; null where a dictionary did
public record Translation(
        Language to,
        String asking,
        Rendering rendering,
        Rendering understood,
        @Nullable String sentence) {

    /// With nothing known but the dictionary.
    Translation(Language to, String asking, Rendering rendering) {
        this(to, asking, rendering, rendering, null);
    }

    /// A sentence, which is searched as if it had been asked.
    public static Translation said(Language to, String sentence) {
        Rendering whole = new Rendering(sentence, List.of());
        return new Translation(to, "", whole, whole, sentence);
    }

    /// The same understood in a context.
    public Translation in(Rendering understood) {
        return new Translation(to, asking, rendering, understood, sentence);
    }

    /// The same where the ways that a text says are the likeliest.
    public Translation asSaid(Predicate<String> text) {
        List<Rendering.Word> words = new ArrayList<>();
        for (Rendering.Word word : rendering.words()) {
            List<String> ways = new ArrayList<>(word.ways());
            ways.sort(Comparator.comparing(way -> !text.test(way)));
            words.add(new Rendering.Word(word.asked(), ways));
        }
        return in(new Rendering(rendering.kept(), words));
    }

    /// The likeliest way of each word in the order of the question, and what asks: as much of a
    /// sentence as encoders need.
    public String text() {
        if (sentence != null) {
            return sentence;
        }
        String words =
                understood.words().stream()
                        .map(word -> word.ways().getFirst())
                        .collect(Collectors.joining(to == Language.ZH ? "" : " "));
        return switch (to) {
            case ZH -> (rendering.kept() + " " + words + asking).strip() + "？";
            case EN -> (asking + " " + words).strip() + "?";
        };
    }
}
