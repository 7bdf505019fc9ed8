package io.zhiwen.account;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Attributes of a session as bytes that only its cookie opens: AES-256 in GCM, under a key that is
/// made from the cookie and kept nowhere. Whoever reads the database learns nothing from them, not
/// even a one-time password on its way to a page; whoever writes to it can make none up. What is
/// inside may only be of the classes named here.
final class SessionSeal {

    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private static final ObjectInputFilter CLASSES =
            ObjectInputFilter.Config.createFilter(
                    String.join(
                            ";",
                            "maxdepth=16",
                            "maxrefs=5000",
                            "maxarray=5000",
                            "io.zhiwen.account.SignedIn",
                            "io.zhiwen.account.Principal$User",
                            "org.springframework.security.authentication.AbstractAuthenticationToken",
                            "org.springframework.security.core.authority.SimpleGrantedAuthority",
                            "org.springframework.security.core.context.SecurityContextImpl",
                            "org.springframework.security.oauth2.core.AuthorizationGrantType",
                            "org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest",
                            "org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponseType",
                            "org.springframework.security.web.authentication.WebAuthenticationDetails",
                            "org.springframework.security.web.csrf.DefaultCsrfToken",
                            "org.springframework.util.LinkedMultiValueMap",
                            "org.springframework.util.MultiValueMapAdapter",
                            "org.springframework.web.servlet.FlashMap",
                            "java.lang.Boolean",
                            "java.lang.Integer",
                            "java.lang.Long",
                            "java.lang.Number",
                            "java.lang.Object",
                            "java.lang.String",
                            "java.time.Instant",
                            "java.time.Ser",
                            "java.util.ArrayList",
                            "java.util.CollSer",
                            "java.util.Collections$*",
                            "java.util.HashMap",
                            "java.util.HashSet",
                            "java.util.ImmutableCollections$*",
                            "java.util.LinkedHashMap",
                            "java.util.LinkedHashSet",
                            "java.util.Map$Entry",
                            "java.util.UUID",
                            "java.util.concurrent.CopyOnWriteArrayList",
                            "!*"));

    private SessionSeal() {}

    static byte[] close(String cookie, Map<String, Object> attributes) {
        var nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        try {
            var cipher = Cipher.getInstance(CIPHER);
            cipher.init(Cipher.ENCRYPT_MODE, key(cookie), new GCMParameterSpec(TAG_BITS, nonce));
            var sealed = cipher.doFinal(bytes(attributes));
            var all = Arrays.copyOf(nonce, NONCE + sealed.length);
            System.arraycopy(sealed, 0, all, NONCE, sealed.length);
            return all;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + CIPHER, e);
        }
    }

    /// @throws BrokenSeal when they were not closed with this cookie, or hold what they may not, or
    /// what another version of Zhiwen put there
    static Map<String, Object> open(String cookie, byte[] sealed) {
        try {
            var cipher = Cipher.getInstance(CIPHER);
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    key(cookie),
                    new GCMParameterSpec(TAG_BITS, sealed, 0, NONCE));
            return attributes(cipher.doFinal(sealed, NONCE, sealed.length - NONCE));
        } catch (GeneralSecurityException
                | IllegalArgumentException
                | IOException
                | ClassNotFoundException e) {
            throw new BrokenSeal(e);
        }
    }

    /// A session that cannot be read is none.
    static final class BrokenSeal extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BrokenSeal(Exception cause) {
            super("the attributes of a session cannot be read: " + cause.getMessage(), cause);
        }
    }

    /// Another hash than the one the row is found by.
    private static SecretKeySpec key(String cookie) {
        return new SecretKeySpec(Secrets.sha256("attributes of session " + cookie), "AES");
    }

    private static byte[] bytes(Map<String, Object> attributes) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new ObjectOutputStream(bytes)) {
            out.writeObject(new HashMap<>(attributes));
        } catch (IOException e) {
            throw new UncheckedIOException("a session holds what cannot be kept", e);
        }
        return bytes.toByteArray();
    }

    private static Map<String, Object> attributes(byte[] bytes)
            throws IOException, ClassNotFoundException {
        try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            in.setObjectInputFilter(CLASSES);
            var attributes = new HashMap<String, Object>();
            if (in.readObject() instanceof Map<?, ?> read) {
                read.forEach((name, value) -> attributes.put((String) name, value));
            }
            return attributes;
        }
    }
}
