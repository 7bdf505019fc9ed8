package io.zhiwen.account;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Closes what must be read again, such as the key of a model server: AES-256-GCM under a secret of
/// the installation that is not in its database. Safe for concurrent use.
public final class SecretBox {

    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKeySpec key;

    /// @param secret of the installation, the same on all its nodes
    public SecretBox(String secret) {
        this.key = new SecretKeySpec(Secrets.sha256("secret box " + secret), "AES");
    }

    /// A secret good enough for a box.
    public static String newSecret() {
        return Secrets.random256();
    }

    /// @param place what it belongs to; it opens nowhere else
    public byte[] close(String plain, String place) {
        var nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        try {
            var closed =
                    cipher(Cipher.ENCRYPT_MODE, nonce, place)
                            .doFinal(plain.getBytes(StandardCharsets.UTF_8));
            var all = Arrays.copyOf(nonce, NONCE + closed.length);
            System.arraycopy(closed, 0, all, NONCE, closed.length);
            return all;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + CIPHER, e);
        }
    }

    /// Empty when it was closed with another secret, or for another place.
    public Optional<String> open(byte[] closed, String place) {
        if (closed.length < NONCE) {
            return Optional.empty();
        }
        try {
            var plain =
                    cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(closed, NONCE), place)
                            .doFinal(closed, NONCE, closed.length - NONCE);
            return Optional.of(new String(plain, StandardCharsets.UTF_8));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + CIPHER, e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String place) throws GeneralSecurityException {
        var cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
