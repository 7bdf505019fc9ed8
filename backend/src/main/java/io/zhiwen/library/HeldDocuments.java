package io.zhiwen.library;

import io.zhiwen.account.Access;
import io.zhiwen.account.NotAllowed;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Right;
import io.zhiwen.account.Scope;
import io.zhiwen.ingest.store.Holds;
import io.zhiwen.ingest.store.Reach;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What waits for a decision, for those who may decide.
@Component
public class HeldDocuments {

    /// That many at once; the rest comes when these are decided.
    public static final int MOST = 100;

    private static final String WAITING =
            """
            from document_hold h
            join document d on d.id = h.document_id and d.deleted_at is null
            join knowledge_base b on b.id = d.knowledge_base_id and b.deleted_at is null
            join document_version v on v.document_id = h.document_id and v.version = h.version
            where h.decision is null and %s
            """
                    .formatted(Reach.CLAUSE);

    private final JdbcClient db;
    private final Access access;

    HeldDocuments(JdbcClient db, Access access) {
        this.db = db;
        this.access = access;
    }

    /// The longest waiting first, 100 at most.
    ///
    /// @param base null for all that the principal manages something of
    /// @throws NoSuchKnowledgeBase when the base is not there for the principal
    /// @throws NotAllowed when the principal manages nothing in it, or nowhere
    public List<HeldVersion> waiting(Principal who, @Nullable KnowledgeBaseId base) {
        Scope scope = mayDecide(access, who, base);
        Reach reach = base == null ? scope.reach() : scope.reach().within(Set.of(base));
        return db.sql(
                        """
                        select d.id, h.version, d.knowledge_base_id, b.name as base_name, d.name,
                            v.file_name, v.uploaded_by, v.uploaded_at, h.held_at, h.held_by,
                            d.live_version, d.latest_version, h.reasons
                        %s order by h.held_at, d.id limit :most
                        """
                                .formatted(WAITING))
                .params(reach.parameters())
                .param("most", MOST)
                .query((row, _) -> waiting(row))
                .list();
    }

    /// What the principal may decide on.
    static Scope mayDecide(Access access, Principal who, @Nullable KnowledgeBaseId base) {
        Scope scope = access.everythingFor(who, Right.MANAGE);
        if (base != null && !scope.allows(base)) {
            access.require(who, base, Right.MANAGE);
        }
        if (scope.isEmpty()) {
            throw new NotAllowed(Right.MANAGE + " anywhere");
        }
        return scope;
    }

    /// How many wait, by base; none for a base where none do, or where the principal decides
    /// nothing.
    public Map<KnowledgeBaseId, Integer> counts(Principal who) {
        Map<KnowledgeBaseId, Integer> counts = new HashMap<>();
        db.sql("select d.knowledge_base_id, count(*) " + WAITING + " group by 1")
                .params(access.everythingFor(who, Right.MANAGE).reach().parameters())
                .query(
                        row -> {
                            counts.put(
                                    new KnowledgeBaseId(row.getObject(1, UUID.class)),
                                    row.getInt(2));
                        });
        return counts;
    }

    /// How the versions of a document were held, oldest first; rights are the caller's.
    List<Hold> of(DocumentId document) {
        return db.sql("select * from document_hold where document_id = :id order by number")
                .param("id", document.value())
                .query((row, _) -> hold(row))
                .list();
    }

    /// The hold of the document that waits for a decision, for those who may bring or change
    /// documents where it lies.
    public List<Hold> waiting(Scope scope, DocumentId document) {
        boolean seen =
                db.sql(
                                """
                                select exists (select from document d
                                    where d.id = :id and d.deleted_at is null and %s)
                                """
                                        .formatted(Reach.CLAUSE))
                        .param("id", document.value())
                        .params(scope.behind().parameters())
                        .query(Boolean.class)
                        .single();
        return seen
                ? of(document).stream().filter(hold -> hold.decision() == null).toList()
                : List.of();
    }

    private static HeldVersion waiting(ResultSet row) throws SQLException {
        return new HeldVersion(
                new DocumentId(row.getObject("id", UUID.class)),
                row.getInt("version"),
                new KnowledgeBaseId(row.getObject("knowledge_base_id", UUID.class)),
                row.getString("base_name"),
                row.getString("name"),
                row.getString("file_name"),
                row.getString("uploaded_by"),
                row.getObject("uploaded_at", OffsetDateTime.class).toInstant(),
                row.getObject("held_at", OffsetDateTime.class).toInstant(),
                row.getString("held_by"),
                row.getObject("live_version", Integer.class),
                row.getInt("latest_version"),
                Holds.read(row.getString("reasons")));
    }

    private static Hold hold(ResultSet row) throws SQLException {
        String decision = row.getString("decision");
        return new Hold(
                row.getInt("version"),
                row.getObject("held_at", OffsetDateTime.class).toInstant(),
                row.getString("held_by"),
                Holds.read(row.getString("reasons")),
                decision == null ? null : Hold.Decision.valueOf(decision.toUpperCase(Locale.ROOT)),
                instant(row, "decided_at"),
                row.getString("decided_by"),
                row.getString("note"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
