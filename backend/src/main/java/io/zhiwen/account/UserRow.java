package io.zhiwen.account;

import java.time.Instant;
import java.util.UUID;

/// A person as admins see one.
///
/// @param oneTimePassword whether they must choose a password of their own at the next sign-in
public record UserRow(
        UUID id,
        String name,
        Role role,
        boolean enabled,
        boolean oneTimePassword,
        Instant createdAt) {

    public Principal.User principal() {
        return new Principal.User(id, name, role == Role.ADMIN);
    }
}
