package io.zhiwen.source.dav;

import io.zhiwen.source.place.Place;
import io.zhiwen.source.place.SourceUnavailable;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// A path on a server as people read it, and its address. Servers write one path in many ways.
///
/// @param site its scheme, host and port
/// @param path begins with `/`; that of a folder ends with it too
record DavPath(URI site, String path) {

    private static final String PLAIN = "-._~!$&'()*+,;=:@/";

    /// @throws SourceUnavailable when it is no address of a folder
    static DavPath root(String url) throws SourceUnavailable {
        try {
            var uri = new URI(url.replace(" ", "%20"));
            String scheme = String.valueOf(uri.getScheme());
            boolean web = scheme.equalsIgnoreCase("https") || scheme.equalsIgnoreCase("http");
            if (!web || uri.getHost() == null || uri.getRawUserInfo() != null) {
                throw Place.unusable(
                        "only https:// and http:// addresses, name and password apart");
            }
            String path = decoded(uri.getRawPath()).orElse("");
            if (uri.getRawQuery() != null || isOdd(path)) {
                throw Place.unusable("no address of a folder: " + url);
            }
            var site = new URI(scheme, null, uri.getHost(), uri.getPort(), "/", null, null);
            return new DavPath(site, ("/" + path + "/").replaceAll("/{2,}", "/"));
        } catch (URISyntaxException e) {
            throw Place.unusable("no address: " + e.getMessage());
        }
    }

    /// What a server calls something on it; empty when it makes no sense. Its host is not looked
    /// at: behind a proxy many servers do not know their own.
    Optional<DavPath> told(String href) {
        String path = href.strip().replaceFirst("^[a-zA-Z][a-zA-Z0-9+.-]*://[^/]*", "");
        return decoded(path).filter(one -> one.startsWith("/") && !isOdd(one)).map(this::at);
    }

    DavPath at(String other) {
        return new DavPath(site, other);
    }

    boolean isIn(DavPath folder) {
        return path.startsWith(folder.path) && path.length() > folder.path.length();
    }

    /// From a folder above it to here.
    String below(DavPath folder) {
        return path.substring(folder.path.length());
    }

    URI uri() {
        var written = new StringBuilder();
        for (byte each : path.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (each & 0xff);
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0);
            written.append(plain ? String.valueOf(c) : "%%%02X".formatted((int) c));
        }
        return site.resolve(URI.create(site + written.substring(1)));
    }

    private static boolean isOdd(String path) {
        return path.chars().anyMatch(Character::isISOControl)
                || ("/" + path + "/").contains("/../")
                || ("/" + path + "/").contains("/./");
    }

    /// Empty when it is no text.
    private static Optional<String> decoded(String raw) {
        var bytes = new ByteArrayOutputStream();
        for (int at = 0; at < raw.length(); ) {
            if (raw.charAt(at) == '%') {
                if (at + 3 > raw.length()) {
                    return Optional.empty();
                }
                int high = Character.digit(raw.charAt(at + 1), 16);
                int low = Character.digit(raw.charAt(at + 2), 16);
                if (high < 0 || low < 0) {
                    return Optional.empty();
                }
                bytes.write(high * 16 + low);
                at += 3;
            } else {
                int point = raw.codePointAt(at);
                bytes.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
                at += Character.charCount(point);
            }
        }
        try {
            return Optional.of(
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes.toByteArray()))
                            .toString());
        } catch (CharacterCodingException _) {
            return Optional.empty();
        }
    }
}
