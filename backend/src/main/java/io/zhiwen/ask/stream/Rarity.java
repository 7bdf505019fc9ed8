package io.zhiwen.ask.stream;

import io.zhiwen.ingest.embed.TokenVectors;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// How much each token and each word of a question counts: the fewer of the units read have it, the
/// more. What makes a question a question counts apart.
final class Rarity {

    private final boolean[] asks;
    private final double[] ofTokens;
    private final double all;
    private final Map<String, Double> ofWords = new HashMap<>();
    private final boolean chinese;

    /// @param question folded
    /// @param units folded
    Rarity(String question, TokenVectors tokens, List<String> units) {
        boolean[] empty = Terms.empty(question);
        asks = new boolean[tokens.size()];
        ofTokens = new double[tokens.size()];
        double sum = 0;
        for (int token = 0; token < tokens.size(); token++) {
            int start = tokens.starts()[token];
            asks[token] = empty[start];
            String text = question.substring(start, tokens.ends()[token]).strip();
            if (!asks[token] && text.codePoints().anyMatch(Character::isLetterOrDigit)) {
                long holders = units.stream().filter(unit -> unit.contains(text)).count();
                ofTokens[token] = Math.max(0, rarity(holders, units.size()));
                sum += ofTokens[token];
            }
        }
        all = sum;
        Set<String> characters = characters(question);
        chinese = !characters.isEmpty();
        List<Set<String>> words = units.stream().map(this::words).toList();
        for (String word : chinese ? characters : Terms.ofQuestion(question)) {
            long holders = words.stream().filter(unit -> unit.contains(word)).count();
            ofWords.put(word, Math.max(0, rarity(holders, units.size())));
        }
    }

    /// Of a value for each token.
    double mean(float[] ofEach) {
        double sum = 0;
        for (int token = 0; token < ofEach.length; token++) {
            sum += ofTokens[token] * ofEach[token];
        }
        return all == 0 ? 0 : sum / all;
    }

    /// The least value of a token that counts.
    double worst(float[] ofEach) {
        double worst = 1;
        for (int token = 0; token < ofEach.length; token++) {
            worst = ofTokens[token] > 0 ? Math.min(worst, ofEach[token]) : worst;
        }
        return worst;
    }

    /// The mean over the tokens that ask.
    double asking(float[] ofEach) {
        double sum = 0;
        int count = 0;
        for (int token = 0; token < ofEach.length; token++) {
            if (asks[token]) {
                sum += ofEach[token];
                count++;
            }
        }
        return count == 0 ? 0 : sum / count;
    }

    /// The share of the question's words, or Chinese characters where it has any, that a unit has.
    double share(String unit) {
        Set<String> has = words(unit);
        double found = 0;
        double sum = 0;
        for (Map.Entry<String, Double> word : ofWords.entrySet()) {
            sum += word.getValue();
            found += has.contains(word.getKey()) ? word.getValue() : 0;
        }
        return sum == 0 ? 0 : found / sum;
    }

    private Set<String> words(String unit) {
        return chinese ? characters(unit) : Terms.of(unit);
    }

    private static Set<String> characters(String text) {
        return text.codePoints()
                .filter(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN)
                .mapToObj(Character::toString)
                .collect(Collectors.toSet());
    }

    private static double rarity(long holders, int units) {
        return Math.log((units + 1.0) / (holders + 0.5));
    }
}
