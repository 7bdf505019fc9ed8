package io.zhiwen.conversation;

import io.zhiwen.account.Choice;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// A chat in its owner's list.
///
/// @param title its first question until its owner renames it; empty before the first question
/// @param choice what was asked last
/// @param running whether an answer is being written now
public record ConversationRow(
        UUID id,
        String title,
        Choice choice,
        Instant createdAt,
        Instant updatedAt,
        boolean running) {

    /// Those that were asked as a whole; empty for everything its owner may read.
    public List<KnowledgeBaseId> bases() {
        return choice.bases();
    }
}
