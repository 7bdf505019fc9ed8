package io.zhiwen.ask;

import io.zhiwen.ingest.upload.KnowledgeBaseId;

/// Counts what askers let models read and write.
interface TokenLedger {

    /// Whether this asker has used up the day's tokens; never for nobody.
    boolean isUsedUp(String asker);

    /// @param asker empty for nobody, whose tokens are not counted
    /// @param base of the best passage the model was given
    void add(String asker, KnowledgeBaseId base, Answer.Usage usage);
}
