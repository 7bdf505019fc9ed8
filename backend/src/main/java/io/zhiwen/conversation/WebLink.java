package io.zhiwen.conversation;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/// A place that an answer may send its reader to: a page of the web without a password in its
/// address, or somebody's mailbox.
public record WebLink(URI uri) {

    /// Empty where it is no such place.
    public static Optional<WebLink> of(String destination) {
        try {
            URI uri = new URI(destination.strip());
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            boolean web =
                    (scheme.equals("https") || scheme.equals("http"))
                            && uri.getHost() != null
                            && uri.getRawUserInfo() == null;
            return web || scheme.equals("mailto")
                    ? Optional.of(new WebLink(uri))
                    : Optional.empty();
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }

    public String target() {
        return uri.toASCIIString();
    }

    /// The host or the mailbox, to be shown beside the words of the link.
    public String host() {
        URI ascii = URI.create(target());
        return ascii.getHost() == null ? ascii.getSchemeSpecificPart() : ascii.getHost();
    }
}
