package io.zhiwen.source.git;

import io.zhiwen.source.place.Place;
import io.zhiwen.source.place.SourceUnavailable;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/// How a file is opened in a browser.
///
/// @param pattern with `{path}` where the path of the file goes; empty when it cannot be opened
record GitLink(String pattern) {

    private static final String PATH = "{path}";

    /// @throws SourceUnavailable when it makes no address
    static GitLink of(String pattern) throws SourceUnavailable {
        var link = new GitLink(pattern);
        if (!pattern.isEmpty() && (!pattern.contains(PATH) || link.to("a/b.md") == null)) {
            throw Place.unusable("no address of files with {path}: " + pattern);
        }
        return link;
    }

    @Nullable URI to(String path) {
        if (pattern.isEmpty()) {
            return null;
        }
        try {
            String written = new URI("x", "x", "/" + path, null).toASCIIString();
            var uri = new URI(pattern.replace(PATH, written.substring("x://x/".length())));
            boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            return web && uri.getHost() != null ? uri : null;
        } catch (URISyntaxException _) {
            return null; // a name that no address can hold
        }
    }
}
