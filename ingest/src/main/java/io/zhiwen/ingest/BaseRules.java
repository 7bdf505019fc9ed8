package io.zhiwen.ingest;

import io.zhiwen.ingest.chunk.ChunkRules;
import io.zhiwen.ingest.clean.SensitiveData;
import io.zhiwen.ingest.doubt.HoldRules;
import io.zhiwen.ingest.embed.ServedSpace;
import org.jspecify.annotations.Nullable;

/// What a base asks for when a document of it is ingested.
///
/// @param sensitiveData what becomes of personal numbers and secrets
/// @param chunks how it is cut
/// @param served the space it is searched in; null for those of the bundled encoders
/// @param holds what it is held back for, until somebody has looked at it
public record BaseRules(
        SensitiveData sensitiveData,
        ChunkRules chunks,
        @Nullable ServedSpace served,
        HoldRules holds) {}
