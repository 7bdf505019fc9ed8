package io.zhiwen.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.csrf.DefaultCsrfToken;
import org.springframework.web.servlet.FlashMap;

class SessionSealTest {

    private static final String COOKIE = Secrets.random256();

    @Test
    void whatASessionHoldsComesBackAsItWas() {
        var user = new Principal.User(UUID.randomUUID(), "林", true);
        var signedIn = SignedIn.as(new Users.Current(user, 3, true), Instant.now());
        var flash = new FlashMap();
        flash.put("secret", "correct horse");
        flash.put("obstacles", Stream.of("one question gets worse").toList());
        flash.setTargetRequestPath("/admin/users");
        flash.addTargetRequestParam("q", "x");
        flash.startExpirationPeriod(180);
        Map<String, Object> attributes =
                Map.of(
                        "owner", new SecurityContextImpl(signedIn),
                        "csrf", new DefaultCsrfToken("X-CSRF-TOKEN", "_csrf", "token"),
                        "flash", new CopyOnWriteArrayList<>(List.of(flash)),
                        "page", "/library");

        var sealed = SessionSeal.close(COOKIE, attributes);
        var opened = SessionSeal.open(COOKIE, sealed);

        assertThat(opened.get("owner")).isEqualTo(attributes.get("owner"));
        assertThat(opened.get("flash")).isEqualTo(attributes.get("flash"));
        assertThat(opened.get("page")).isEqualTo("/library");
        assertThat(((DefaultCsrfToken) opened.get("csrf")).getToken()).isEqualTo("token");
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("horse");
    }

    @Test
    void anotherCookieOpensNothingAndNothingCanBeMadeUp() {
        var sealed = SessionSeal.close(COOKIE, Map.of("page", "/library"));
        var forged = sealed.clone();
        forged[forged.length - 20] ^= 1;

        assertThatThrownBy(() -> SessionSeal.open(Secrets.random256(), sealed))
                .isInstanceOf(SessionSeal.BrokenSeal.class);
        assertThatThrownBy(() -> SessionSeal.open(COOKIE, forged))
                .isInstanceOf(SessionSeal.BrokenSeal.class);
        assertThatThrownBy(() -> SessionSeal.open(COOKIE, new byte[3]))
                .isInstanceOf(SessionSeal.BrokenSeal.class);
    }

    @Test
    void onlyKnownClassesComeOut() {
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("gadget", new java.net.URL[0]);
        var sealed = SessionSeal.close(COOKIE, attributes);

        assertThatThrownBy(() -> SessionSeal.open(COOKIE, sealed))
                .isInstanceOf(SessionSeal.BrokenSeal.class)
                .hasMessageContaining("REJECTED");
    }
}
