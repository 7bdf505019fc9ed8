package io.zhiwen.ask;

import io.zhiwen.ingest.upload.KnowledgeBaseId;

/// Nobody counts, nobody is limited.
final class UncountedTokens implements TokenLedger {

    @Override
    public boolean isUsedUp(String asker) {
        return false;
    }

    @Override
    public void add(String asker, KnowledgeBaseId base, Answer.Usage usage) {}
}
