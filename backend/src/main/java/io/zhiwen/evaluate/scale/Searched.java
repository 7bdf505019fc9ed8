package io.zhiwen.evaluate.scale;

import io.zhiwen.account.Scope;
import io.zhiwen.ingest.chunk.Language;
import io.zhiwen.ingest.upload.KnowledgeBaseId;

/// What is searched for a question.
enum Searched {
    /// Every passage, in both languages.
    ALL("all"),
    /// Those in the question's language.
    ITS_LANGUAGE("its language"),
    THOUSANDTH("0.1 %");

    private final String named;

    Searched(String named) {
        this.named = named;
    }

    Scope of(Language language) {
        return Scope.ofThrowAway(bases(language));
    }

    KnowledgeBaseId[] bases(Language language) {
        return switch (this) {
            case ALL -> new KnowledgeBaseId[] {BulkLoad.CHINESE, BulkLoad.ENGLISH};
            case ITS_LANGUAGE -> new KnowledgeBaseId[] {BulkLoad.of(language)};
            case THOUSANDTH -> new KnowledgeBaseId[] {BulkLoad.THOUSANDTH};
        };
    }

    @Override
    public String toString() {
        return named;
    }
}
