package io.zhiwen.ingest.upload;

import java.util.regex.Pattern;

/// A SHA-256 in 64 lower-case hex digits.
public record Sha256(String hex) {

    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    public Sha256 {
        if (!HEX.matcher(hex).matches()) {
            throw new IllegalArgumentException("not a SHA-256 in lower-case hex: " + hex);
        }
    }

    @Override
    public String toString() {
        return hex;
    }
}
