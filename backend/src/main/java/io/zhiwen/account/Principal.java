package io.zhiwen.account;

import java.io.Serializable;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Who is asking: a person signed in, or a service with a key.
public sealed interface Principal extends Serializable {

    /// For audit rows and `created_by`, e.g. `user:lin` or `key:portal`.
    String label();

    /// Whether it may change bases, documents, users and keys.
    boolean isAdmin();

    /// A person.
    record User(UUID id, String name, boolean isAdmin) implements Principal {

        /// Nobody in particular: has what is granted to everyone signed in. No account has its id.
        public static final User EVERYONE = new User(new UUID(0, 0), "everyone", false);

        @Override
        public String label() {
            return "user:" + name;
        }
    }

    /// A service.
    ///
    /// @param scopes what it may do in its bases; with all bases and all scopes it is an admin
    /// @param mayActForUsers whether it may
    /// @param requestsPerMinute its own limit; null for the usual ones
    /// @param actsFor whose rights bound its own in this request; null when it acts for itself
    record Key(
            UUID id,
            String name,
            boolean allBases,
            Set<KeyScope> scopes,
            boolean mayActForUsers,
            @Nullable Integer requestsPerMinute,
            @Nullable User actsFor)
            implements Principal {

        public Key {
            scopes = Set.copyOf(scopes);
        }

        /// One of the usual scopes; all of them when it has all bases.
        public Key(UUID id, String name, boolean allBases) {
            this(id, name, allBases, allBases ? KeyScope.ALL : KeyScope.USUAL, false, null, null);
        }

        /// The same key, for one request of this user.
        public Key actingFor(User user) {
            return new Key(id, name, allBases, scopes, mayActForUsers, requestsPerMinute, user);
        }

        @Override
        public String label() {
            return "key:" + name + (actsFor == null ? "" : " for " + actsFor.label());
        }

        @Override
        public boolean isAdmin() {
            return allBases && scopes.contains(KeyScope.MANAGE) && actsFor == null;
        }
    }
}
