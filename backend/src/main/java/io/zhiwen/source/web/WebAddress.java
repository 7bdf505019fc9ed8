package io.zhiwen.source.web;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/// Addresses of pages, each in one way of writing it.
final class WebAddress {

    private WebAddress() {}

    /// Without fragment, standard port and capitals in its host; empty for what no page is at.
    static Optional<URI> of(String text) {
        try {
            URI uri = new URI(text.strip().replace(" ", "%20")).normalize();
            String scheme = uri.getScheme();
            if (scheme == null || uri.getHost() == null || uri.getRawUserInfo() != null) {
                return Optional.empty();
            }
            scheme = scheme.toLowerCase(Locale.ROOT);
            if (!scheme.equals("http") && !scheme.equals("https")) {
                return Optional.empty();
            }
            int port = uri.getPort();
            boolean standard = port == (scheme.equals("http") ? 80 : 443);
            String path = uri.getRawPath();
            return Optional.of(
                    URI.create(
                            scheme
                                    + "://"
                                    + uri.getHost().toLowerCase(Locale.ROOT)
                                    + (port < 0 || standard ? "" : ":" + port)
                                    + (path == null || path.isEmpty() ? "/" : path)
                                    + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery())));
        } catch (URISyntaxException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /// Scheme, host and port.
    static String site(URI uri) {
        return uri.getScheme() + "://" + uri.getRawAuthority();
    }

    /// What a file at this address is called.
    static String fileName(URI uri) {
        String path = uri.getPath();
        String last = path.substring(path.lastIndexOf('/') + 1);
        return last.isEmpty() ? uri.getHost() : last;
    }
}
