package io.zhiwen.evaluate.profile;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A named way to retrieve; its values never change.
///
/// @param id null for what the settings of the installation say
/// @param name empty for that one
public record StoredProfile(
        @Nullable UUID id, String name, ProfileValues values, String by, Instant at, boolean live) {

    public boolean isOfSettings() {
        return id == null;
    }
}
