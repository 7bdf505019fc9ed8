package io.zhiwen.ingest.embed;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;

/// The direct buffers of one run, used again and again by one caller at a time: ONNX Runtime reads
/// and writes them in place.
final class Workspace {

    static final int WINDOW = 512;

    private final LongBuffer ids = longs();
    private final LongBuffer places = longs();
    private final LongBuffer zeros = longs();
    private final FloatBuffer states;

    Workspace(int largestDimension) {
        for (int i = 0; i < WINDOW; i++) {
            places.put(i, i);
        }
        states = bytes(WINDOW * largestDimension * Float.BYTES).asFloatBuffer();
    }

    /// Puts the tokens between `[CLS]` and `[SEP]` and says how many ids there are.
    int fill(WordPiece.Tokens tokens) {
        ids.clear();
        ids.put(0, WordPiece.CLS);
        for (int i = 0; i < tokens.size(); i++) {
            ids.put(i + 1, tokens.ids()[i]);
        }
        ids.put(tokens.size() + 1, WordPiece.SEP);
        return tokens.size() + 2;
    }

    LongBuffer ids(int length) {
        return ids.slice(0, length);
    }

    /// The numbers from `first` on.
    LongBuffer places(int first, int count) {
        return places.slice(first, count);
    }

    LongBuffer zeros(int length) {
        return zeros.slice(0, length);
    }

    FloatBuffer states(int length) {
        return states.slice(0, length);
    }

    private static LongBuffer longs() {
        return bytes(WINDOW * Long.BYTES).asLongBuffer();
    }

    private static ByteBuffer bytes(int size) {
        return ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
    }
}
