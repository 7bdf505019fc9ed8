package io.zhiwen.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Shows who sends something and when: HMAC-SHA256 of `<seconds since 1970>.<body>` under the
/// webhook's secret, as `v1=<hex>`. Whoever checks it refuses an old time, so that nobody sends it
/// again.
final class Signature {

    private static final String MAC = "HmacSHA256";

    private Signature() {}

    static String of(String secret, long seconds, byte[] body) {
        try {
            var mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), MAC));
            mac.update((seconds + ".").getBytes(UTF_8));
            return "v1=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + MAC, e);
        }
    }
}
