package io.zhiwen.outgoing;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A request to send.
///
/// @param headers those that tell who asks (`Authorization`, `Cookie`) do not follow a redirect to
/// another host
/// @param body null for none
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record Call(
        String method,
        URI uri,
        Map<String, String> headers,
        byte @Nullable [] body,
        Limits limits) {

    public Call {
        headers = Map.copyOf(headers);
    }

    public static Call get(URI uri, Map<String, String> headers, Limits limits) {
        return new Call("GET", uri, headers, null, limits);
    }

    public static Call post(URI uri, Map<String, String> headers, byte[] body, Limits limits) {
        return new Call("POST", uri, headers, body, limits);
    }

    boolean mayBeRedirected() {
        return method.equals("GET") || method.equals("HEAD");
    }

    /// The same at another address.
    Call at(URI next) {
        return new Call(method, next, isSameHost(next) ? headers : withoutSecrets(), body, limits);
    }

    private boolean isSameHost(URI next) {
        return next.getScheme().equalsIgnoreCase(uri.getScheme())
                && next.getHost().equalsIgnoreCase(uri.getHost())
                && next.getPort() == uri.getPort();
    }

    private Map<String, String> withoutSecrets() {
        var left = new LinkedHashMap<>(headers);
        left.keySet()
                .removeIf(
                        name ->
                                switch (name.toLowerCase(Locale.ROOT)) {
                                    case "authorization", "cookie", "proxy-authorization" -> true;
                                    default -> false;
                                });
        return left;
    }
}
