package io.zhiwen.account;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Why a key, be it a widget's, reaches a base.
///
/// @param allBases whether it has every base; else this one was given to it
/// @param mayActForUsers whether it may pass the rights of users through, never beyond its own
/// @param widget whose rights bound the key of a widget; null where it is none
public record KeyReason(
        UUID key,
        String name,
        boolean allBases,
        Set<KeyScope> scopes,
        boolean mayActForUsers,
        @Nullable Reader widget) {

    public KeyReason {
        scopes = Set.copyOf(scopes);
    }

    /// Whose rights a widget has.
    ///
    /// @param name null for everyone signed in
    /// @param why their reasons in the base; with none the widget finds nothing there
    public record Reader(@Nullable String name, List<Why> why) {

        public Reader {
            why = List.copyOf(why);
        }
    }
}
