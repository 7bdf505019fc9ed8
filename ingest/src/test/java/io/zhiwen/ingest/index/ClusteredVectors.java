package io.zhiwen.ingest.index;

import io.zhiwen.ingest.embed.UnitVector;
import java.util.Random;

/// Vectors as encoders give them: topics, and passages that lie about them. Always the same for a
/// seed.
public final class ClusteredVectors {

    /// How far passages lie from their topic: neighbours have cosines of about 0.7.
    private static final double SPREAD = 0.65;

    private final Random random;
    private final float[][] topics;

    public ClusteredVectors(long seed, int topics, int dimension) {
        this.random = new Random(seed);
        this.topics = new float[topics][];
        for (int i = 0; i < topics; i++) {
            this.topics[i] = direction(dimension);
        }
    }

    public float[] next() {
        float[] topic = topics[random.nextInt(topics.length)];
        float[] noise = direction(topic.length);
        float[] vector = new float[topic.length];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) (topic[i] + SPREAD * noise[i]);
        }
        return UnitVector.of(vector);
    }

    private float[] direction(int dimension) {
        float[] vector = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return UnitVector.of(vector);
    }
}
