package io.zhiwen.widget;

import io.zhiwen.widget.WidgetRefused.Reason;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;

/// Sites as browsers name them: scheme, host and, unless it is the usual one, port. Nothing that
/// stands for several sites.
final class Origins {

    private static final int MOST = 50;

    private Origins() {}

    /// @throws WidgetRefused when one is none, or there is none
    static List<String> of(List<String> typed) {
        List<String> origins =
                typed.stream()
                        .map(String::strip)
                        .filter(text -> !text.isEmpty())
                        .map(Origins::origin)
                        .distinct()
                        .toList();
        if (origins.isEmpty()) {
            throw new WidgetRefused(Reason.NO_ORIGIN, "");
        }
        if (origins.size() > MOST) {
            throw new WidgetRefused(Reason.TOO_MANY_ORIGINS, "");
        }
        return origins;
    }

    private static String origin(String text) {
        try {
            var uri = new URI(text).parseServerAuthority();
            var scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            var path = uri.getRawPath();
            boolean bare =
                    uri.getRawUserInfo() == null
                            && uri.getRawQuery() == null
                            && uri.getRawFragment() == null
                            && (path == null || path.isEmpty() || path.equals("/"));
            if (uri.getHost() == null || !bare || !scheme.matches("https?")) {
                throw new WidgetRefused(Reason.NOT_AN_ORIGIN, text);
            }
            int usual = scheme.equals("https") ? 443 : 80;
            var port = uri.getPort() == -1 || uri.getPort() == usual ? "" : ":" + uri.getPort();
            return scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + port;
        } catch (URISyntaxException e) {
            throw new WidgetRefused(Reason.NOT_AN_ORIGIN, text);
        }
    }
}
