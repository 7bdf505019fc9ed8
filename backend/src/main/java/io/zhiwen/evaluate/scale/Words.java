package io.zhiwen.evaluate.scale;

import io.zhiwen.ingest.chunk.Language;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// Texts with the word frequencies of natural ones: a few words are everywhere, most are rare
/// (Zipf's law), and each topic has words of its own. Always the same for a seed.
final class Words {

    private static final int VOCABULARY = 30_000;
    private static final int TOPIC_WORDS = 40;

    /// The commonest characters of Chinese stand close to the block's beginning no more than any
    /// others; what matters here is how many there are.
    private static final int FIRST_HAN = 0x4E00;

    private static final int HAN = 3_500;
    private static final String[] SYLLABLES =
            "ba ko ter in con al men ri sa lo per tion de ur ma ex pro ver di ent ol ca re us ing"
                    .split(" ", -1);

    private final Language language;
    private final String[] words;
    private final double[] upTo;

    Words(Language language, long seed) {
        this.language = language;
        Random random = new Random(seed);
        Set<String> made = new HashSet<>();
        List<String> ordered = new ArrayList<>();
        while (ordered.size() < VOCABULARY) {
            String word = word(random);
            if (made.add(word)) {
                ordered.add(word);
            }
        }
        this.words = ordered.toArray(String[]::new);
        this.upTo = new double[VOCABULARY];
        double sum = 0;
        for (int i = 0; i < VOCABULARY; i++) {
            sum += 1.0 / (i + 2.7);
            upTo[i] = sum;
        }
    }

    /// @param topicShare of the words that are the topic's own
    String text(Random random, int topic, int count, double topicShare) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                text.append(language == Language.ZH ? (i % 12 == 0 ? "，" : "") : " ");
            }
            text.append(random.nextDouble() < topicShare ? topical(random, topic) : common(random));
        }
        return text.append(language == Language.ZH ? "。" : ".").toString();
    }

    private String topical(Random random, int topic) {
        int word = (topic * TOPIC_WORDS + random.nextInt(TOPIC_WORDS)) % (VOCABULARY / 2);
        return words[VOCABULARY / 2 + word];
    }

    private String common(Random random) {
        double at = random.nextDouble() * upTo[VOCABULARY - 1];
        int found = Arrays.binarySearch(upTo, at);
        return words[Math.min(VOCABULARY - 1, found < 0 ? -found - 1 : found)];
    }

    private String word(Random random) {
        StringBuilder word = new StringBuilder();
        int parts = 1 + random.nextInt(3);
        if (language == Language.ZH) {
            for (int i = 0; i < Math.max(2, parts); i++) {
                word.append((char) (FIRST_HAN + random.nextInt(HAN)));
            }
        } else {
            for (int i = 0; i <= parts; i++) {
                word.append(SYLLABLES[random.nextInt(SYLLABLES.length)]);
            }
        }
        return word.toString();
    }
}
