package io.zhiwen.evaluate;

import io.zhiwen.ask.stream.ExtractiveAnswer;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// How often answers hold what is known to be right, word for word: case, width of characters and
/// white space aside. A refusal holds nothing. For one thread.
final class AnswersHeld {

    private static final Pattern SPACE = Pattern.compile("\\s+");

    /// What the targets are set for.
    private static final int SENTENCES = 3;

    private int questions;
    private int refused;
    private int inBest;
    private int inThree;
    private int sentences;

    void add(List<String> right, ExtractiveAnswer answer) {
        questions++;
        refused += answer.refused() ? 1 : 0;
        sentences += answer.sentences().size();
        List<String> plain = right.stream().map(AnswersHeld::plain).toList();
        inBest += isIn(plain, answer.sentences(), 1) ? 1 : 0;
        inThree += isIn(plain, answer.sentences(), SENTENCES) ? 1 : 0;
    }

    int questions() {
        return questions;
    }

    double best() {
        return share(inBest);
    }

    double three() {
        return share(inThree);
    }

    double refusals() {
        return share(refused);
    }

    /// Of an answer that is no refusal, on the average.
    double sentencesShown() {
        return sentences / Math.max(1.0, questions - refused);
    }

    private double share(int count) {
        return count / Math.max(1.0, questions);
    }

    private static boolean isIn(List<String> right, List<String> sentences, int first) {
        return sentences.stream()
                .limit(first)
                .map(AnswersHeld::plain)
                .anyMatch(sentence -> right.stream().anyMatch(sentence::contains));
    }

    private static String plain(String text) {
        String folded = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        return SPACE.matcher(folded).replaceAll("");
    }
}
