package io.zhiwen.source.web;

import io.zhiwen.outgoing.Reply;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a page or file was when it was read: the server's own marks, and a hash of what it is about.
///
/// @param etag empty when the server gives none
/// @param modified likewise
/// @param hash empty when only the server's marks count
record Seen(String etag, String modified, String hash) {

    /// Stands in no header.
    private static final String BETWEEN = "\n";

    /// @param content null when only the server's marks count
    static Seen of(Reply reply, byte @Nullable [] content) {
        return new Seen(
                reply.header("ETag").orElse("").strip(),
                reply.header("Last-Modified").orElse("").strip(),
                content == null ? "" : sha256(content));
    }

    static Seen read(String written) {
        String[] parts = written.split(BETWEEN, -1);
        return parts.length == 3 ? new Seen(parts[0], parts[1], parts[2]) : new Seen("", "", "");
    }

    String write() {
        return etag + BETWEEN + modified + BETWEEN + hash;
    }

    /// Headers that ask for it only if it is not so any more.
    Map<String, String> conditions() {
        Map<String, String> headers = new HashMap<>();
        if (!etag.isEmpty()) {
            headers.put("If-None-Match", etag);
        }
        if (!modified.isEmpty()) {
            headers.put("If-Modified-Since", modified);
        }
        return headers;
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
