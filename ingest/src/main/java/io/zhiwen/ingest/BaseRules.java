package io.zhiwen.ingest;

import io.zhiwen.ingest.chunk.ChunkRules;
import io.zhiwen.ingest.clean.SensitiveData;

/// What a base asks for when a document of it is ingested.
///
/// @param sensitiveData what becomes of personal numbers and secrets
/// @param chunks how it is cut
public record BaseRules(SensitiveData sensitiveData, ChunkRules chunks) {}
