package io.zhiwen.account;

import io.zhiwen.account.AccountRefused.Reason;
import java.text.Normalizer;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;

/// Rules and hashes of passwords: Argon2id, 19 MiB, two passes. At most two hashes are computed at
/// once, so that a storm of sign-ins cannot take the memory.
@Component
public final class Passwords {

    static final int MIN_LENGTH = 10;
    static final int MAX_LENGTH = 256;

    private static final int KIBIBYTES = 19_456;

    private final Argon2PasswordEncoder argon2;
    private final Semaphore two = new Semaphore(2);
    private final AtomicReference<String> nobodys = new AtomicReference<>("");

    public Passwords() {
        this(KIBIBYTES);
    }

    /// For tests of what is not the strength of a hash, which may cost less.
    ///
    /// @param kibibytes that each hash needs, at least 8
    Passwords(int kibibytes) {
        argon2 = new Argon2PasswordEncoder(16, 32, 1, kibibytes, 2);
    }

    /// Long enough and not the name; what it is made of is its owner's business.
    void check(String name, String password) {
        int length = password.codePointCount(0, password.length());
        if (length < MIN_LENGTH) {
            throw new AccountRefused(Reason.PASSWORD_TOO_SHORT);
        }
        if (length > MAX_LENGTH) {
            throw new AccountRefused(Reason.PASSWORD_TOO_LONG);
        }
        if (password.strip().equalsIgnoreCase(name.strip())) {
            throw new AccountRefused(Reason.PASSWORD_IS_NAME);
        }
    }

    String hash(String password) {
        two.acquireUninterruptibly();
        try {
            var hash = argon2.encode(plain(password));
            if (hash == null) {
                throw new IllegalStateException("no hash");
            }
            return hash;
        } finally {
            two.release();
        }
    }

    boolean matches(String password, String hash) {
        if (password.length() > 4 * MAX_LENGTH) {
            return false;
        }
        two.acquireUninterruptibly();
        try {
            return argon2.matches(plain(password), hash);
        } finally {
            two.release();
        }
    }

    /// A hash that no password matches, for taking the same time over unknown names.
    String nobodys() {
        return nobodys.updateAndGet(made -> made.isEmpty() ? hash(Secrets.random256()) : made);
    }

    private static String plain(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFC);
    }
}
