package io.zhiwen.account;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Who gets a role.
public sealed interface Grantee {

    record Person(UUID id) implements Grantee {}

    record Group(UUID id) implements Grantee {}

    /// Whoever is signed in.
    record Everyone() implements Grantee {}

    /// As a row has it: the one that is not null, or everyone.
    static Grantee of(@Nullable UUID person, @Nullable UUID group) {
        if (person != null) {
            return new Person(person);
        }
        return group == null ? new Everyone() : new Group(group);
    }

    /// What `label` wrote; empty for anything else.
    static Optional<Grantee> named(String label) {
        if (label.equals("everyone")) {
            return Optional.of(new Everyone());
        }
        var parts = label.split(":", 2);
        if (parts.length < 2) {
            return Optional.empty();
        }
        try {
            var id = UUID.fromString(parts[1]);
            return switch (parts[0]) {
                case "user" -> Optional.of(new Person(id));
                case "group" -> Optional.of(new Group(id));
                default -> Optional.empty();
            };
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    default @Nullable UUID person() {
        return this instanceof Person(var id) ? id : null;
    }

    default @Nullable UUID group() {
        return this instanceof Group(var id) ? id : null;
    }

    /// For audit rows, forms and addresses: `user:<id>`, `group:<id>` or `everyone`.
    default String label() {
        return switch (this) {
            case Person(var id) -> "user:" + id;
            case Group(var id) -> "group:" + id;
            case Everyone() -> "everyone";
        };
    }
}
