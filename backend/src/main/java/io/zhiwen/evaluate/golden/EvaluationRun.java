package io.zhiwen.evaluate.golden;

import io.zhiwen.evaluate.profile.ProfileValues;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Golden questions asked of one profile.
///
/// @param profileName empty for the profile of the settings
/// @param figures null until it is done
public record EvaluationRun(
        UUID id,
        KnowledgeBaseId base,
        @Nullable UUID profile,
        String profileName,
        ProfileValues values,
        State state,
        int questions,
        int done,
        @Nullable RunFigures figures,
        String by,
        Instant startedAt,
        @Nullable Instant endedAt) {

    /// How far it got.
    public enum State {
        RUNNING,
        DONE,
        FAILED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
