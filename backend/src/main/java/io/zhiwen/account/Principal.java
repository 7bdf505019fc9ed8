package io.zhiwen.account;

import java.io.Serializable;
import java.util.UUID;

/// Who is asking: a person signed in, or a service with a key.
public sealed interface Principal extends Serializable {

    /// For audit rows and `created_by`, e.g. `user:lin` or `key:portal`.
    String label();

    /// Whether it may change bases, documents, users and keys.
    boolean isAdmin();

    /// A person.
    record User(UUID id, String name, boolean isAdmin) implements Principal {
        @Override
        public String label() {
            return "user:" + name;
        }
    }

    /// A service. A key with all bases has all rights; another reads and uploads in its bases.
    record Key(UUID id, String name, boolean allBases) implements Principal {
        @Override
        public String label() {
            return "key:" + name;
        }

        @Override
        public boolean isAdmin() {
            return allBases;
        }
    }
}
