package io.zhiwen.ask.stream;

import io.zhiwen.ingest.parse.Span;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A unit that may be shown, with how well it answers.
///
/// @param passage the number it is cited by, from 1
/// @param place of the unit in its passage, from 0
/// @param context the line the unit is read under; empty where there is none
/// @param terms of its folded text
/// @param heading the nearest one its passage stands under; empty where there is none
/// @param score higher is better, comparable within one question
/// @param phrase the words of the unit that are the answer itself, where that is sure
record Candidate(
        int passage,
        int place,
        Unit unit,
        String context,
        Set<String> terms,
        String heading,
        double score,
        @Nullable Span phrase) {

    Candidate with(Span phrase) {
        return new Candidate(passage, place, unit, context, terms, heading, score, phrase);
    }
}
