package io.zhiwen.ask.forbid;

import io.zhiwen.account.Access;
import io.zhiwen.account.Audit;
import io.zhiwen.account.NoSuchKnowledgeBase;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Right;
import io.zhiwen.account.Scope;
import io.zhiwen.ingest.embed.Encoders;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/// What is forbidden in each base, in the database. Safe for concurrent use.
@Component
public class BaseRefusals implements Guards {

    private record Row(KnowledgeBaseId base, Forbidden forbidden) {}

    private static final String ROWS =
            """
            select id, forbidden_topics, forbidden_phrases, forbidden_patterns, forbidden_likeness,
                forbidden_reply
            from knowledge_base
            """;

    private static final RowMapper<Row> ROW =
            (row, _) ->
                    new Row(
                            new KnowledgeBaseId(row.getObject("id", UUID.class)),
                            new Forbidden(
                                    List.of(row.getString("forbidden_topics")),
                                    List.of(row.getString("forbidden_phrases")),
                                    List.of(row.getString("forbidden_patterns")),
                                    row.getDouble("forbidden_likeness"),
                                    row.getString("forbidden_reply")));

    private final JdbcClient db;
    private final TransactionOperations transaction;
    private final Access access;
    private final Audit audit;
    private final Encoders encoders;
    private final Map<KnowledgeBaseId, Rules> ready = new ConcurrentHashMap<>();

    BaseRefusals(
            JdbcClient db,
            TransactionOperations transaction,
            Access access,
            Audit audit,
            Encoders encoders) {
        this.db = db;
        this.transaction = transaction;
        this.access = access;
        this.audit = audit;
        this.encoders = encoders;
    }

    /// Read anew for each question, so that a rule holds on every node from the next one on.
    @Override
    public Guard of(Scope scope) {
        if (scope.bases().isEmpty()) {
            return new Guard(List.of(), encoders);
        }
        List<Row> rows =
                db.sql(
                                ROWS
                                        + """
                                        where id in (:ids)
                                          and forbidden_topics || forbidden_phrases || forbidden_patterns <> ''
                                        order by id
                                        """)
                        .param("ids", scope.bases().stream().map(KnowledgeBaseId::value).toList())
                        .query(ROW)
                        .list();
        return new Guard(rows.stream().map(this::rules).toList(), encoders);
    }

    @Override
    public void came(String asker, Hit hit, boolean answered, UUID answer) {
        audit.record(
                label(asker),
                "answer.refused",
                "base:" + hit.base(),
                Map.of(
                        "in", answered ? "answer" : "question",
                        "kind", hit.kind().name().toLowerCase(Locale.ROOT),
                        "rule", hit.rule(),
                        "trace", answer.toString()));
    }

    /// A guard of rules that are not kept yet.
    public Guard trial(KnowledgeBaseId base, Forbidden forbidden) {
        return Guard.of(Map.of(base, forbidden), encoders);
    }

    /// @throws NoSuchKnowledgeBase when the base is not there for them
    public Forbidden in(Principal who, KnowledgeBaseId base) {
        access.require(who, base, Right.MANAGE);
        return db.sql(ROWS + "where id = :id and deleted_at is null")
                .param("id", base.value())
                .query(ROW)
                .optional()
                .map(Row::forbidden)
                .orElseThrow(() -> new NoSuchKnowledgeBase(base));
    }

    /// @throws NoSuchKnowledgeBase when the base is not there for them
    public void save(Principal who, KnowledgeBaseId base, Forbidden forbidden) {
        access.require(who, base, Right.MANAGE);
        transaction.executeWithoutResult(
                _ -> {
                    int updated =
                            db.sql(
                                            """
                                            update knowledge_base set forbidden_topics = :topics,
                                                forbidden_phrases = :phrases, forbidden_patterns = :patterns,
                                                forbidden_likeness = :likeness, forbidden_reply = :reply
                                            where id = :id and deleted_at is null
                                            """)
                                    .param("topics", String.join("\n", forbidden.topics()))
                                    .param("phrases", String.join("\n", forbidden.phrases()))
                                    .param("patterns", String.join("\n", forbidden.patterns()))
                                    .param("likeness", forbidden.likeness())
                                    .param("reply", forbidden.reply())
                                    .param("id", base.value())
                                    .update();
                    if (updated != 1) {
                        throw new NoSuchKnowledgeBase(base);
                    }
                    audit.record(
                            who,
                            "base.refusals",
                            "base:" + base,
                            Map.of(
                                    "topics", forbidden.topics().size(),
                                    "phrases", forbidden.phrases().size(),
                                    "patterns", forbidden.patterns().size()));
                });
    }

    /// Made ready again only when it was changed.
    private Rules rules(Row row) {
        return ready.compute(
                row.base(),
                (base, known) ->
                        known != null && known.forbidden().equals(row.forbidden())
                                ? known
                                : Rules.of(base, row.forbidden(), encoders));
    }

    private String label(String asker) {
        if (asker.isEmpty()) {
            return "nobody";
        }
        return db.sql(
                        """
                        select 'user:' || name from app_user where id = :id
                        union all select 'key:' || name from api_key where id = :id
                        """)
                .param("id", UUID.fromString(asker))
                .query(String.class)
                .optional()
                .orElse("nobody");
    }
}
