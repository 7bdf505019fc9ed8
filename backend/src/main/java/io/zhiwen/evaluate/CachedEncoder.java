package io.zhiwen.evaluate;

import io.zhiwen.ingest.embed.EmbeddingSpace;
import io.zhiwen.ingest.embed.Encoder;
import io.zhiwen.ingest.embed.TokenVectors;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// An encoder that remembers on disk what it has encoded, so that trying out settings does not
/// encode a corpus again. Token vectors are kept in 8 bits, which changes no figure.
public final class CachedEncoder implements Encoder {

    private static final String VECTOR = "v";
    private static final String TOKENS = "tokens with offsets";

    /// Beside a token's vector: where it begins and ends, and its scale.
    private static final int BESIDE = 2 * Integer.BYTES + Float.BYTES;

    private final Encoder encoder;
    private final Path file;
    private final Map<String, Long> places = new ConcurrentHashMap<>();
    private final DataOutputStream out;
    private final RandomAccessFile in;
    private long end;

    public CachedEncoder(Encoder encoder, Path folder) throws IOException {
        this.encoder = encoder;
        EmbeddingSpace space = encoder.space();
        Files.createDirectories(folder);
        this.file = folder.resolve(space.model() + "-" + space.sha256().substring(0, 8));
        if (!Files.exists(file)) {
            Files.createFile(file);
        }
        this.in = new RandomAccessFile(file.toFile(), "r");
        index();
        try (var whole = FileChannel.open(file, StandardOpenOption.WRITE)) {
            whole.truncate(end);
        }
        this.out =
                new DataOutputStream(
                        new BufferedOutputStream(
                                Files.newOutputStream(file, StandardOpenOption.APPEND), 1 << 20));
    }

    @Override
    public EmbeddingSpace space() {
        return encoder.space();
    }

    @Override
    public int countTokens(String text) {
        return encoder.countTokens(text);
    }

    @Override
    public float[] embed(String text) {
        byte[] known = read(key(VECTOR, text));
        if (known == null) {
            float[] vector = encoder.embed(text);
            put(text, vector);
            return vector;
        }
        float[] vector = new float[space().dimension()];
        ByteBuffer.wrap(known).asFloatBuffer().get(vector);
        return vector;
    }

    @Override
    public TokenVectors embedTokens(String text) {
        byte[] known = read(key(TOKENS, text));
        if (known == null) {
            TokenVectors tokens = encoder.embedTokens(text);
            put(text, tokens);
            return tokens;
        }
        int dimension = space().dimension();
        int size = known.length / (dimension + BESIDE);
        float[] values = new float[size * dimension];
        int[] starts = new int[size];
        int[] ends = new int[size];
        ByteBuffer bytes = ByteBuffer.wrap(known);
        for (int row = 0; row < size; row++) {
            starts[row] = bytes.getInt();
            ends[row] = bytes.getInt();
            float scale = bytes.getFloat();
            for (int i = 0; i < dimension; i++) {
                values[row * dimension + i] = bytes.get() * scale;
            }
        }
        return new TokenVectors(dimension, values, starts, ends);
    }

    @Override
    public void close() {
        try {
            out.close();
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean knows(String text) {
        return places.containsKey(key(VECTOR, text)) && places.containsKey(key(TOKENS, text));
    }

    public void put(String text, float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES);
        bytes.asFloatBuffer().put(vector);
        write(key(VECTOR, text), bytes.array());
    }

    public void put(String text, TokenVectors tokens) {
        int dimension = tokens.dimension();
        ByteBuffer bytes = ByteBuffer.allocate(tokens.size() * (dimension + BESIDE));
        for (int row = 0; row < tokens.size(); row++) {
            bytes.putInt(tokens.starts()[row]).putInt(tokens.ends()[row]);
            float most = 0;
            for (int i = row * dimension; i < (row + 1) * dimension; i++) {
                most = Math.max(most, Math.abs(tokens.values()[i]));
            }
            bytes.putFloat(most / 127);
            for (int i = row * dimension; i < (row + 1) * dimension; i++) {
                bytes.put((byte) Math.round(tokens.values()[i] / most * 127));
            }
        }
        write(key(TOKENS, text), bytes.array());
    }

    private synchronized void write(String key, byte[] bytes) {
        try {
            out.write(HexFormat.of().parseHex(key));
            out.writeInt(bytes.length);
            out.write(bytes);
            end += 16 + Integer.BYTES;
            places.put(key, end);
            end += bytes.length;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized byte @Nullable [] read(String key) {
        Long place = places.get(key);
        if (place == null) {
            return null;
        }
        try {
            out.flush();
            in.seek(place - Integer.BYTES);
            byte[] bytes = new byte[in.readInt()];
            in.readFully(bytes);
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void index() throws IOException {
        byte[] key = new byte[16];
        long length = in.length();
        while (end + 16 + Integer.BYTES <= length) {
            in.seek(end);
            in.readFully(key);
            int bytes = in.readInt();
            if (end + 16 + Integer.BYTES + bytes > length) {
                break;
            }
            end += 16 + Integer.BYTES;
            places.put(HexFormat.of().formatHex(key), end);
            end += bytes;
        }
    }

    private static String key(String kind, String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            byte[] hash = digest.digest((kind + text).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
