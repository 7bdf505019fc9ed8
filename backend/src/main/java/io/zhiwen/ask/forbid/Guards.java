package io.zhiwen.ask.forbid;

import io.zhiwen.account.Scope;
import java.util.UUID;

/// What is forbidden in a scope, and where it is written down that somebody came upon it.
public interface Guards {

    /// Of all its bases: a question of several may not get around one of them.
    Guard of(Scope scope);

    /// For admins to see.
    ///
    /// @param asker the id of the user or the key; empty for nobody
    /// @param answered whether the answer had it, not the question
    /// @param answer under which its trace is kept
    void came(String asker, Hit hit, boolean answered, UUID answer);
}
