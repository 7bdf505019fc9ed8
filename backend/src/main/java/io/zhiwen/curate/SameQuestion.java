package io.zhiwen.curate;

import io.zhiwen.ask.cite.Numbers;
import io.zhiwen.ask.cite.Polarity;
import io.zhiwen.ask.stream.AnswerType;
import io.zhiwen.ingest.chunk.Language;
import io.zhiwen.ingest.index.SearchText;
import java.util.EnumSet;
import java.util.Set;

/// Whether two questions ask for the same: near enough in the encoder's space, with the same
/// numbers in them, for the same kind of thing, and both or neither with a denial.
///
/// The least similarity was set with questions of the evaluation data, as `SameQuestionBenchmark`
/// prints it: rewordings on one side, on the other the nearest other question about the same few
/// paragraphs. The cosine of whole questions parts them better than late interaction does in either
/// direction, and better than both together. See backend/docs/curated.md.
final class SameQuestion {

    private static final double CHINESE = 0.925;
    private static final double ENGLISH = 0.95;

    private static final Set<AnswerType> TOLD_APART =
            EnumSet.of(
                    AnswerType.TIME,
                    AnswerType.NUMBER,
                    AnswerType.PERSON,
                    AnswerType.PLACE,
                    AnswerType.REASON);

    private SameQuestion() {}

    /// What the encoder is given.
    static String folded(String question) {
        return SearchText.fold(question.strip());
    }

    /// The least cosine.
    static double threshold(Language language) {
        return language == Language.ZH ? CHINESE : ENGLISH;
    }

    /// Whether words say that they are not the same, however near they are.
    static boolean differ(String one, String other) {
        AnswerType wanted = AnswerType.of(one);
        AnswerType offered = AnswerType.of(other);
        return !Numbers.claimed(one).equals(Numbers.claimed(other))
                || Polarity.of(one).denies() != Polarity.of(other).denies()
                || (wanted != offered
                        && TOLD_APART.contains(wanted)
                        && TOLD_APART.contains(offered));
    }
}
