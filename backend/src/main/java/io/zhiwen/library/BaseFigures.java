package io.zhiwen.library;

import io.zhiwen.account.Access;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Right;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What knowledge bases take up, for those who manage them. Nothing is read but the versions of
/// documents, which keep the counts of their passages. Safe for concurrent use.
@Component
public class BaseFigures {

    /// The days that tokens of models are counted over.
    public static final int DAYS = 30;

    /// What one base takes up.
    ///
    /// @param originals bytes of the files whose content is found
    /// @param older bytes of files that newer ones took the place of
    /// @param passages that can be found
    /// @param tokens of these passages
    /// @param vectors bytes of the passages' vectors, by how many there are and their dimension
    /// @param modelTokens that models read and wrote for it in the last days
    public record Figures(
            long originals,
            long older,
            long passages,
            long tokens,
            long vectors,
            long modelTokens) {

        static final Figures NONE = new Figures(0, 0, 0, 0, 0, 0);
    }

    private final JdbcClient db;
    private final Access access;

    BaseFigures(JdbcClient db, Access access) {
        this.db = db;
        this.access = access;
    }

    /// @throws io.zhiwen.account.NoSuchKnowledgeBase when the principal does not know the base
    /// @throws io.zhiwen.account.NotAllowed when they do not manage it
    public Figures of(Principal principal, KnowledgeBaseId base) {
        access.require(principal, base, Right.MANAGE);
        return read(List.of(base)).getOrDefault(base, Figures.NONE);
    }

    /// Of every base that the principal manages.
    public Map<KnowledgeBaseId, Figures> all(Principal principal) {
        var bases = access.everythingFor(principal, Right.MANAGE).bases();
        return bases.isEmpty() ? Map.of() : read(bases);
    }

    private Map<KnowledgeBaseId, Figures> read(Collection<KnowledgeBaseId> bases) {
        Map<KnowledgeBaseId, Figures> figures = new HashMap<>();
        db.sql(
                        """
                        with shown as not materialized (
                            select d.knowledge_base_id, d.latest_version, v.document_id, v.sha256,
                                v.bytes,
                                case when v.version = d.live_version then v.chunks end as passages,
                                case when v.version = d.live_version then v.tokens end as tokens
                            from document d
                            join document_version v on v.document_id = d.id
                                and v.version = coalesce(d.live_version, d.latest_version)
                            where d.knowledge_base_id = any(:bases) and d.deleted_at is null),
                        files as (
                            select s.knowledge_base_id, max(v.bytes) as bytes
                            from shown s
                            join document_version v on v.document_id = s.document_id
                                and v.sha256 <> s.sha256
                            where s.latest_version > 1
                            group by s.knowledge_base_id, v.document_id, v.sha256),
                        older as (
                            select knowledge_base_id, sum(bytes) as bytes from files group by 1),
                        sums as (
                            select s.knowledge_base_id, sum(s.bytes) as originals,
                                max(o.bytes) as older, sum(s.passages) as passages,
                                sum(s.tokens) as tokens
                            from shown s
                            left join older o on o.knowledge_base_id = s.knowledge_base_id
                            group by 1)
                        select b.id, coalesce(s.originals, 0), coalesce(s.older, 0),
                            coalesce(s.passages, 0), coalesce(s.tokens, 0),
                            coalesce(s.passages, 0) * 4 * coalesce((
                                select max(e.dimension) from embedding_space e
                                where e.id = b.space_id or b.space_id is null and e.probe is null),
                                0),
                            coalesce((
                                select sum(u.prompt_tokens + u.answer_tokens) from token_usage u
                                where u.knowledge_base_id = b.id
                                  and u.day > (now() at time zone 'UTC')::date - :days), 0)
                        from knowledge_base b left join sums s on s.knowledge_base_id = b.id
                        where b.id = any(:bases)
                        """)
                .param("bases", bases.stream().map(KnowledgeBaseId::value).toArray(UUID[]::new))
                .param("days", DAYS)
                .query(
                        row -> {
                            figures.put(
                                    new KnowledgeBaseId(row.getObject(1, UUID.class)),
                                    new Figures(
                                            row.getLong(2),
                                            row.getLong(3),
                                            row.getLong(4),
                                            row.getLong(5),
                                            row.getLong(6),
                                            row.getLong(7)));
                        });
        return figures;
    }
}
