package io.zhiwen.account;

import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.Map;
import java.util.Set;

/// Scopes for tests of other packages; the product makes them only from the database.
public final class Scopes {

    private Scopes() {}

    public static Scope of(KnowledgeBaseId... bases) {
        return new Scope(Set.of(bases), Set.of(), Map.of());
    }
}
