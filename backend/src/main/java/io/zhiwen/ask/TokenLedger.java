package io.zhiwen.ask;

import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.Optional;
import java.util.UUID;

/// Counts what askers let models read and write.
interface TokenLedger {

    /// Stands for the base of what was spent on a question over several of which none answered it.
    KnowledgeBaseId SEVERAL_BASES = new KnowledgeBaseId(new UUID(0, 0));

    /// What is used up for today.
    enum UsedUp {
        /// The asker's tokens.
        ASKER,
        /// Those of the base, whoever asked.
        BASE
    }

    /// @param asker empty for nobody, who has no limit
    /// @param base of the best passage
    Optional<UsedUp> usedUp(String asker, KnowledgeBaseId base);

    /// @param asker empty for nobody, whose tokens are not counted
    /// @param base of the best passage the model was given
    void add(String asker, KnowledgeBaseId base, Spending spending);
}
