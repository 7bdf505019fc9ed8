package io.zhiwen.outgoing;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/// The headers of RFC 7617 that tell who asks.
public final class BasicLogin {

    private BasicLogin() {}

    public static Map<String, String> headers(String user, String password) {
        byte[] plain = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return Map.of("Authorization", "Basic " + Base64.getEncoder().encodeToString(plain));
    }
}
