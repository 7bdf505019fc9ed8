package io.zhiwen.account;

import io.zhiwen.ingest.upload.KnowledgeBaseId;

/// A base that is not there, or not for this reader: the two look the same.
public final class NoSuchKnowledgeBase extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NoSuchKnowledgeBase(KnowledgeBaseId id) {
        super("no knowledge base " + id);
    }
}
