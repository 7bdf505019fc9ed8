package io.zhiwen.account;

import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.Collection;

/// Says what a principal may read, from the database, each time anew.
public interface Access {

    /// Every base the principal may read.
    Scope everythingFor(Principal principal);

    /// What the principal may read of `chosen`; all of it when `chosen` is empty. A base that is
    /// absent or forbidden is a `NoSuchKnowledgeBase`: both look the same.
    Scope chosenBy(Principal principal, Collection<KnowledgeBaseId> chosen);
}
