package io.zhiwen.conversation;

import io.zhiwen.account.Access;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Right;
import io.zhiwen.account.Scope;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Who asks in a chat.
///
/// @param owner whose chat it is: a user's, or that of a key which acts for nobody
/// @param user who is asked for; null for such a key
/// @param share whose share of a model's slots and tokens it counts as
record Asker(Principal principal, UUID owner, Principal.@Nullable User user, String share) {

    static Asker of(Principal.User user) {
        return new Asker(user, user.id(), user, user.id().toString());
    }

    static Asker of(Principal.Key key) {
        var user = key.actsFor();
        return new Asker(key, user == null ? key.id() : user.id(), user, key.id().toString());
    }

    /// What old answers may rest on, and the running one.
    Scope readable(Access access) {
        return switch (principal) {
            case Principal.User person -> access.readableBy(person);
            case Principal.Key key -> access.everythingFor(key, Right.ASK);
        };
    }
}
