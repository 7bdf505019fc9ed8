package io.zhiwen.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Bytes taken apart into choices and texts; when they are used up, the rest is zeros.
public final class FuzzData {

    private final byte[] bytes;
    private int at;

    public FuzzData(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    public boolean hasMore() {
        return at < bytes.length;
    }

    /// 0 to `bound` - 1, of one byte.
    public int choice(int bound) {
        return hasMore() ? (bytes[at++] & 0xFF) % bound : 0;
    }

    /// The next bytes as UTF-8, so many as a byte says, times 16.
    public String text() {
        int length = Math.min(choice(256) * 16, bytes.length - at);
        String text = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }

    /// All that is left.
    public byte[] rest() {
        byte[] rest = Arrays.copyOfRange(bytes, at, bytes.length);
        at = bytes.length;
        return rest;
    }
}
