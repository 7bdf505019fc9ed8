package io.zhiwen.conversation;

import io.zhiwen.ingest.store.StoredChunk;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/// How an answer came about, as far as whoever opened it may see it.
///
/// @param answer the id of its trace
/// @param own whether it was given to them
/// @param entries of the trace
/// @param live the passages it names that can still be found and are theirs to read, by id
public record AnswerWay(
        UUID answer,
        String question,
        Instant at,
        boolean own,
        Map<String, Object> entries,
        Map<Long, StoredChunk> live) {}
