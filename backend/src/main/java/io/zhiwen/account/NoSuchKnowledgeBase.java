package io.zhiwen.account;

import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.Collection;
import java.util.UUID;

/// A base that is not there, or not for this reader: the two look the same. Also a folder or a
/// document that was chosen to be searched.
public final class NoSuchKnowledgeBase extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NoSuchKnowledgeBase(KnowledgeBaseId id) {
        super("no knowledge base " + id);
    }

    private NoSuchKnowledgeBase(String message) {
        super(message);
    }

    static NoSuchKnowledgeBase without(Collection<UUID> parts) {
        return new NoSuchKnowledgeBase("nothing to search in " + parts);
    }
}
