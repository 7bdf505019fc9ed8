package io.zhiwen.evaluate.scale;

import io.zhiwen.ingest.chunk.Language;
import io.zhiwen.ingest.embed.Encoder;
import io.zhiwen.ingest.embed.Encoders;
import io.zhiwen.ingest.index.SearchText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Passages and questions about the same topics. A topic's place among the vectors is where the
/// real encoder puts a text about it. Passages lie around it in the few directions in which texts
/// about one thing differ, each of which leads from one real place to another: noise in all
/// directions alike would make neighbours nearly equally near, which real ones are not. The local
/// intrinsic dimension (maximum likelihood over 20 neighbours, Levina and Bickel 2005) of 20,000
/// made vectors of a language is 12 to 15; that of real passages is 13. Half is Chinese, half
/// English. Always the same for a seed.
final class Corpus {

    private static final int TOPICS = 400;
    private static final int WORDS = 110;
    private static final int DIRECTIONS = 24;
    private static final double SPREAD = 0.7;
    private static final double NOISE = 0.1;

    /// A made passage.
    record Passage(Language language, String text, float[] vector) {}

    /// A made question, embedded.
    record Asked(Language language, String text, float[] vector) {}

    /// Where a topic's passages lie, and the unit vectors along which they differ.
    private record Topic(float[] place, float[][] directions) {}

    private final Encoders encoders;
    private final Map<Language, Words> words = new EnumMap<>(Language.class);
    private final Map<Language, List<Topic>> topics = new EnumMap<>(Language.class);

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
            topics.put(
                    language,
                    Arrays.stream(places)
                            .map(place -> new Topic(place, directions(places, random)))
                            .toList());
        }
    }

    Passage passage(Random random, Language language) {
        int topic = random.nextInt(TOPICS);
        String text = of(words, language).text(random, topic, WORDS, 0.15);
        return new Passage(language, text, around(of(topics, language).get(topic), random));
    }

    List<Asked> questions(int count, long seed) {
        Random random = new Random(seed);
        List<Asked> questions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Language language = i % 2 == 0 ? Language.ZH : Language.EN;
            String text =
                    of(words, language)
                            .text(random, random.nextInt(TOPICS), questionWords(language), 0.6);
            questions.add(new Asked(language, text, embed(language, text)));
        }
        return List.copyOf(questions);
    }

    /// As many as make some 16 tokens, made words being longer than real ones: the median question
    /// of real sets has 11 to 20.
    private static int questionWords(Language language) {
        return language == Language.ZH ? 6 : 5;
    }

    Encoder encoder(Language language) {
        return encoders.of(language);
    }

    private float[] embed(Language language, String text) {
        return encoders.of(language).embed(SearchText.fold(text));
    }

    private static float[][] directions(float[][] places, Random random) {
        float[][] directions = new float[DIRECTIONS][];
        for (int i = 0; i < DIRECTIONS; i++) {
            float[] from = places[random.nextInt(TOPICS)];
            float[] to = places[random.nextInt(TOPICS)];
            directions[i] = new float[from.length];
            for (int at = 0; at < from.length; at++) {
                directions[i][at] = to[at] - from[at];
            }
            normalize(directions[i]);
        }
        return directions;
    }

    private static float[] around(Topic topic, Random random) {
        float[] vector = topic.place().clone();
        for (float[] direction : topic.directions()) {
            double along = SPREAD / Math.sqrt(DIRECTIONS) * random.nextGaussian();
            for (int i = 0; i < vector.length; i++) {
                vector[i] += (float) (along * direction[i]);
            }
        }
        for (int i = 0; i < vector.length; i++) {
            vector[i] += (float) (NOISE / Math.sqrt(vector.length) * random.nextGaussian());
        }
        normalize(vector);
        return vector;
    }

    private static void normalize(float[] vector) {
        double square = 0;
        for (float value : vector) {
            square += value * value;
        }
        float length = (float) Math.sqrt(Math.max(square, Float.MIN_NORMAL));
        for (int i = 0; i < vector.length; i++) {
            vector[i] /= length;
        }
    }

    private static <T> T of(Map<Language, T> map, Language language) {
        T value = map.get(language);
        if (value == null) {
            throw new IllegalStateException("nothing for " + language);
        }
        return value;
    }
}
