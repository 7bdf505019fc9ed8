package io.zhiwen.account;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/// What was done, newest first. For admins.
@Component
public final class AuditTrail {

    private static final int AT_ONCE = 1_000;
    private static final OffsetDateTime EVER =
            OffsetDateTime.of(1, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

    private static final String FILTER =
            """
            (:actor = '' or strpos(lower(actor), lower(:actor)) > 0)
              and (:action = '' or action = :action or starts_with(action, :action || '.'))
              and (:object = '' or strpos(lower(object), lower(:object)) > 0)
              and at >= :since and at < :until
            """;

    private static final String ROWS =
            """
            select id, at, actor, action, object, detail::text as detail, link from audit_event
            where id < :before and %s order by id desc limit :limit
            """
                    .formatted(FILTER);

    private static final String NEWER =
            """
            select id, at, actor, action, object, detail::text as detail, link from audit_event
            where id > :after and %s order by id limit :limit
            """
                    .formatted(FILTER);

    private static final String SEALED =
            """
            select id, at, actor, action, object, detail::text as detail, link,
                encode(hash, 'hex') as hash,
                coalesce((select encode(p.hash, 'hex') from audit_event p where p.link = e.link - 1), '')
                    as previous
            from audit_event e
            where link > :after and %s order by link limit :limit
            """
                    .formatted(FILTER);

    /// Which rows; an empty word is every one.
    ///
    /// @param actor that its name has
    /// @param action whole, or its first part: `document` or `document.delete`
    /// @param since inclusive; null for ever
    /// @param until exclusive; null for now
    public record Filter(
            String actor,
            String action,
            String object,
            @Nullable Instant since,
            @Nullable Instant until) {}

    private final JdbcClient db;
    private final TransactionOperations transaction;
    private final Audit audit;

    public AuditTrail(JdbcClient db, TransactionOperations transaction, Audit audit) {
        this.db = db;
        this.transaction = transaction;
        this.audit = audit;
    }

    /// @param before the last row of the page before; null for the newest
    /// @throws NotAllowed when the principal is no admin
    public List<AuditRow> page(Principal who, Filter filter, @Nullable Long before, int limit) {
        NotAllowed.unlessAdmin(who, "read the audit trail");
        return read(filter, before == null ? Long.MAX_VALUE : before, limit);
    }

    /// The way back from older pages.
    ///
    /// @param after the first row of the older page
    /// @return those next to it, newest first
    /// @throws NotAllowed when the principal is no admin
    public List<AuditRow> newer(Principal who, Filter filter, long after, int limit) {
        NotAllowed.unlessAdmin(who, "read the audit trail");
        return given(db.sql(NEWER), filter)
                .param("after", after)
                .param("limit", limit)
                .query(AuditTrail::row)
                .list()
                .reversed();
    }

    /// Every action there is, by name.
    public List<String> actions(Principal who) {
        NotAllowed.unlessAdmin(who, "read the audit trail");
        return db.sql("select distinct action from audit_event order by action")
                .query(String.class)
                .list();
    }

    /// Gives out every row of the filter, and writes down that it did.
    ///
    /// @throws NotAllowed when the principal is no admin
    public void export(Principal who, Filter filter, Consumer<AuditRow> out) {
        NotAllowed.unlessAdmin(who, "export the audit trail");
        transaction.executeWithoutResult(
                _ -> audit.record(who, "audit.export", "audit", told(filter)));
        long before = Long.MAX_VALUE;
        List<AuditRow> some;
        do {
            some = read(filter, before, AT_ONCE);
            some.forEach(out);
            before = some.isEmpty() ? 0 : some.getLast().id();
        } while (some.size() == AT_ONCE);
    }

    /// Sealed rows in the order of the chain, which has no gap: whoever goes on after the last link
    /// they read misses none, whenever they come. Reading from the first is written down.
    ///
    /// @param after the last link that was read; 0 to begin
    /// @throws NotAllowed when the principal is no admin
    public List<SealedRow> sealed(Principal who, Filter filter, long after, int limit) {
        NotAllowed.unlessAdmin(who, "read the audit trail");
        if (after == 0) {
            audit.record(who, "audit.export", "audit", told(filter));
        }
        return given(db.sql(SEALED), filter)
                .param("after", after)
                .param("limit", limit)
                .query(
                        (row, number) ->
                                new SealedRow(
                                        row(row, number),
                                        row.getString("previous"),
                                        row.getString("hash")))
                .list();
    }

    private static Map<String, String> told(Filter filter) {
        return Map.of("actor", filter.actor(), "action", filter.action());
    }

    private List<AuditRow> read(Filter filter, long before, int limit) {
        return given(db.sql(ROWS), filter)
                .param("before", before)
                .param("limit", limit)
                .query(AuditTrail::row)
                .list();
    }

    private static JdbcClient.StatementSpec given(JdbcClient.StatementSpec sql, Filter filter) {
        var since = filter.since();
        var until = filter.until();
        return sql.param("actor", filter.actor())
                .param("action", filter.action())
                .param("object", filter.object())
                .param("since", since == null ? EVER : since.atOffset(ZoneOffset.UTC))
                .param(
                        "until",
                        until == null ? EVER.plusYears(9000) : until.atOffset(ZoneOffset.UTC));
    }

    static AuditRow row(ResultSet row, int number) throws SQLException {
        return new AuditRow(
                row.getLong("id"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("actor"),
                row.getString("action"),
                row.getString("object"),
                row.getString("detail"),
                row.getObject("link", Long.class));
    }
}
