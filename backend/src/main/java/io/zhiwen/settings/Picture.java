package io.zhiwen.settings;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/// A picture whose bytes begin as those of its type do: PNG, JPEG or WebP. An SVG is none: it may
/// carry a script, or fetch from elsewhere.
public final class Picture {

    private static final String BASE64 = ";base64,";
    private static final byte[] PNG = HexFormat.of().parseHex("89504e470d0a1a0a");
    private static final byte[] JPEG = HexFormat.of().parseHex("ffd8ff");
    private static final byte[] RIFF = "RIFF".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] WEBP = "WEBP".getBytes(StandardCharsets.US_ASCII);
    private static final int WEBP_AT = 8;

    private final String type;
    private final byte[] bytes;

    private Picture(String type, byte[] bytes) {
        this.type = type;
        this.bytes = bytes;
    }

    /// Whatever type it claims to be.
    public static Optional<Picture> of(byte[] bytes) {
        return type(bytes).map(type -> new Picture(type, bytes.clone()));
    }

    /// @param dataUri as `data:image/png;base64,...`
    public static Optional<Picture> of(String dataUri) {
        int at = dataUri.indexOf(BASE64);
        if (!dataUri.startsWith("data:image/") || at < 0) {
            return Optional.empty();
        }
        try {
            return of(Base64.getDecoder().decode(dataUri.substring(at + BASE64.length())));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static Optional<String> type(byte[] bytes) {
        if (has(bytes, 0, PNG)) {
            return Optional.of("image/png");
        }
        if (has(bytes, 0, JPEG)) {
            return Optional.of("image/jpeg");
        }
        return has(bytes, 0, RIFF) && has(bytes, WEBP_AT, WEBP)
                ? Optional.of("image/webp")
                : Optional.empty();
    }

    private static boolean has(byte[] bytes, int at, byte[] word) {
        return bytes.length >= at + word.length
                && Arrays.equals(bytes, at, at + word.length, word, 0, word.length);
    }

    /// `image/png`, `image/jpeg` or `image/webp`.
    public String type() {
        return type;
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    int size() {
        return bytes.length;
    }

    public String dataUri() {
        return "data:" + type + BASE64 + Base64.getEncoder().encodeToString(bytes);
    }

    /// Other bytes have another.
    public String digest() {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public String toString() {
        return type + ", " + bytes.length + " bytes, " + digest();
    }
}
