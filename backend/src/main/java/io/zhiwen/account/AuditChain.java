package io.zhiwen.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/// Chains audit rows by their hashes. Not in the transactions that write them, which would have to
/// wait for one another, but right behind: one node at a time seals what is committed. Who changes
/// a sealed row, or removes one that is not the last, cannot hide it; who wants to know that the
/// last ones are there keeps the newest hash elsewhere.
@Component
public final class AuditChain {

    private static final int AT_ONCE = 1_000;
    private static final long LOCK = 0x7A68_6175_6469_7401L;

    private static final String COLUMNS =
            "id, at, actor, action, object, detail::text as detail, link, encode(hash, 'hex') as hash";

    private record Link(AuditRow row, @Nullable String hash) {}

    private record End(long link, String hash) {}

    /// @param links that are sound, from the first
    /// @param broken the first row that is not what was sealed, or has a gap before it; null for
    /// none
    /// @param hash of the last sound link, in hexadecimal; empty before the first
    public record Check(long links, @Nullable Long broken, String hash) {}

    private final JdbcClient db;
    private final TransactionOperations transaction;

    public AuditChain(JdbcClient db, TransactionOperations transaction) {
        this.db = db;
        this.transaction = transaction;
    }

    /// Seals every row that is committed and not yet sealed.
    public void seal() {
        while (sealSome() == AT_ONCE) {
            // more than one transaction should hold
        }
    }

    /// The same, for who is about to read it.
    ///
    /// @throws NotAllowed when the principal is no admin
    public void seal(Principal who) {
        NotAllowed.unlessAdmin(who, "read the audit trail");
        seal();
    }

    /// Counts the whole chain again, after sealing what is new.
    ///
    /// @throws NotAllowed when the principal is no admin
    public Check check(Principal who) {
        NotAllowed.unlessAdmin(who, "check the audit trail");
        seal();
        long reached = 0;
        String last = "";
        List<Link> some;
        do {
            some = links("where link > :from order by link limit " + AT_ONCE, reached);
            for (var link : some) {
                var row = link.row();
                var hash = hash(last, reached + 1, row);
                if (!Objects.equals(row.link(), reached + 1) || !hash.equals(link.hash())) {
                    return new Check(reached, row.id(), last);
                }
                reached++;
                last = hash;
            }
        } while (some.size() == AT_ONCE);
        return new Check(reached, null, last);
    }

    private int sealSome() {
        return transaction.execute(
                _ -> {
                    db.sql("select pg_advisory_xact_lock(:lock)")
                            .param("lock", LOCK)
                            .query((_, _) -> true)
                            .single();
                    var end = end();
                    long reached = end.link();
                    var last = end.hash();
                    var some =
                            links(
                                    "where link is null and id >= :from order by id limit "
                                            + AT_ONCE,
                                    0);
                    for (var link : some) {
                        last = hash(last, ++reached, link.row());
                        db.sql(
                                        "update audit_event set link = :link, hash = decode(:hash, 'hex') where id = :id")
                                .param("link", reached)
                                .param("hash", last)
                                .param("id", link.row().id())
                                .update();
                    }
                    return some.size();
                });
    }

    private End end() {
        return db.sql(
                        """
                        select link, encode(hash, 'hex') as hash from audit_event
                        where link is not null order by link desc limit 1
                        """)
                .query((row, _) -> new End(row.getLong("link"), row.getString("hash")))
                .optional()
                .orElse(new End(0, ""));
    }

    private List<Link> links(String which, long from) {
        return db.sql("select " + COLUMNS + " from audit_event " + which)
                .param("from", from)
                .query(
                        (row, number) ->
                                new Link(AuditTrail.row(row, number), row.getString("hash")))
                .list();
    }

    /// Each part with its length before it, so that nothing can move from one to the next.
    private static String hash(String before, long link, AuditRow row) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(before.getBytes(StandardCharsets.US_ASCII));
            long micros = ChronoUnit.MICROS.between(java.time.Instant.EPOCH, row.at());
            for (var part :
                    List.of(
                            Long.toString(link),
                            Long.toString(row.id()),
                            Long.toString(micros),
                            row.actor(),
                            row.action(),
                            row.object(),
                            row.detail())) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
                digest.update(bytes);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
