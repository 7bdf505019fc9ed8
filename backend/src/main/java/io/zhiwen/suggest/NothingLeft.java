package io.zhiwen.suggest;

import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.suggest.MadeQuestions.Count;
import io.zhiwen.suggest.PassageQuestions.Limits;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Where this node found nothing left to make questions of, so that it reads no passage again until
/// a document of the base has changed, or the limits. Safe for concurrent use.
@Component
class NothingLeft {

    private record Found(long position, Limits limits, Count count) {}

    private final Map<KnowledgeBaseId, Found> found = new ConcurrentHashMap<>();
    private final JdbcClient db;

    NothingLeft(JdbcClient db) {
        this.db = db;
    }

    /// Where the log of changes is: asked before a look that may find nothing.
    long position() {
        return db.sql("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
                .query(Long.class)
                .single();
    }

    /// @param position from before the look
    void found(KnowledgeBaseId base, long position, Limits limits, Count count) {
        found.put(base, new Found(position, limits, count));
    }

    void forget(KnowledgeBaseId base) {
        found.remove(base);
    }

    void keepOnly(List<KnowledgeBaseId> bases) {
        found.keySet().retainAll(bases);
    }

    /// What was counted when nothing was left, where that is still so.
    Optional<Count> in(KnowledgeBaseId base, Limits limits) {
        Found last = found.get(base);
        return last == null || !last.limits().equals(limits) || hasChanged(base, last.position())
                ? Optional.empty()
                : Optional.of(last.count());
    }

    private boolean hasChanged(KnowledgeBaseId base, long position) {
        return db.sql(
                        """
                        select exists (
                            select from index_change i join document d on d.id = i.document_id
                            where i.tx >= :position::text::xid8 and d.knowledge_base_id = :base)
                        """)
                .param("position", position)
                .param("base", base.value())
                .query(Boolean.class)
                .single();
    }
}
