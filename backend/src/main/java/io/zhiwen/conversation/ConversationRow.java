package io.zhiwen.conversation;

import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// A chat in its owner's list.
///
/// @param title its first question until its owner renames it; empty before the first question
/// @param bases what was asked last; empty for everything its owner may read
/// @param running whether an answer is being written now
public record ConversationRow(
        UUID id,
        String title,
        List<KnowledgeBaseId> bases,
        Instant createdAt,
        Instant updatedAt,
        boolean running) {

    public ConversationRow {
        bases = List.copyOf(bases);
    }
}
