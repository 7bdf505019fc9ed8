package io.zhiwen.evaluate.scale;

import io.zhiwen.ingest.chunk.Language;
import io.zhiwen.ingest.embed.Encoder;
import io.zhiwen.ingest.embed.Encoders;
import io.zhiwen.ingest.index.SearchText;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Passages and questions about the same topics. A topic's place among the vectors is where the
/// real encoder puts a text about it; passages lie around it, as far from each other as real ones
/// about one topic do. Half is Chinese, half English. Always the same for a seed.
final class Corpus {

    private static final int TOPICS = 400;
    private static final int WORDS = 110;
    private static final double SPREAD = 0.65;

    /// A made passage.
    record Passage(Language language, String text, float[] vector) {}

    /// A made question, embedded.
    record Asked(Language language, String text, float[] vector) {}

    private final Encoders encoders;
    private final Map<Language, Words> words = new EnumMap<>(Language.class);
    private final Map<Language, float[][]> topics = new EnumMap<>(Language.class);

    Corpus(Encoders encoders, long seed) {
        this.encoders = encoders;
        Random random = new Random(seed);
        for (Language language : Language.values()) {
            Words vocabulary = new Words(language, seed);
            words.put(language, vocabulary);
            float[][] places = new float[TOPICS][];
            for (int i = 0; i < TOPICS; i++) {
                places[i] = embed(language, vocabulary.text(random, i, 40, 0.7));
            }
            topics.put(language, places);
        }
    }

    Passage passage(Random random) {
        Language language = random.nextBoolean() ? Language.ZH : Language.EN;
        int topic = random.nextInt(TOPICS);
        String text = of(words, language).text(random, topic, WORDS, 0.15);
        return new Passage(language, text, around(of(topics, language)[topic], random));
    }

    List<Asked> questions(int count, long seed) {
        Random random = new Random(seed);
        List<Asked> questions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Language language = i % 2 == 0 ? Language.ZH : Language.EN;
            String text = of(words, language).text(random, random.nextInt(TOPICS), 9, 0.6);
            questions.add(new Asked(language, text, embed(language, text)));
        }
        return List.copyOf(questions);
    }

    Encoder encoder(Language language) {
        return encoders.of(language);
    }

    private float[] embed(Language language, String text) {
        return encoders.of(language).embed(SearchText.fold(text));
    }

    private static float[] around(float[] place, Random random) {
        float[] vector = new float[place.length];
        double scale = SPREAD / Math.sqrt(place.length);
        double square = 0;
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) (place[i] + scale * random.nextGaussian());
            square += vector[i] * vector[i];
        }
        for (int i = 0; i < vector.length; i++) {
            vector[i] /= (float) Math.sqrt(square);
        }
        return vector;
    }

    private static <T> T of(Map<Language, T> map, Language language) {
        T value = map.get(language);
        if (value == null) {
            throw new IllegalStateException("nothing for " + language);
        }
        return value;
    }
}
