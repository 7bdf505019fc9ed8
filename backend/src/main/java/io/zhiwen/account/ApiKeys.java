package io.zhiwen.account;

import io.zhiwen.account.AccountRefused.Reason;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/// Keys of services: 256 random bits of which only a hash is kept, limited to bases or not, until
/// they expire or are revoked. Safe for concurrent use.
@Component
public final class ApiKeys {

    private final JdbcClient db;
    private final TransactionOperations tx;
    private final Audit audit;
    private final InstantSource clock;

    /// @param clock the database's, by which a key expires
    public ApiKeys(JdbcClient db, TransactionOperations tx, Audit audit, InstantSource clock) {
        this.db = db;
        this.tx = tx;
        this.audit = audit;
        this.clock = clock;
    }

    /// A key without expiry: of all scopes where it has all bases, of the usual ones otherwise.
    public NewKey create(
            Principal actor, String name, boolean allBases, Collection<KnowledgeBaseId> bases) {
        return create(actor, name, allBases, bases, null);
    }

    /// The same until `expiresAt`.
    public NewKey create(
            Principal actor,
            String name,
            boolean allBases,
            Collection<KnowledgeBaseId> bases,
            @Nullable Instant expiresAt) {
        var scopes = allBases ? KeyScope.ALL : KeyScope.USUAL;
        return create(
                actor, new KeyWish(name, allBases, Set.copyOf(bases), scopes, false, expiresAt));
    }

    /// @throws AccountRefused when it would have no base or no scope, or be expired already
    public NewKey create(Principal actor, KeyWish wish) {
        NotAllowed.unlessAdmin(actor, "create keys");
        if (!wish.allBases() && wish.bases().isEmpty()) {
            throw new AccountRefused(Reason.KEY_WITHOUT_BASES);
        }
        if (wish.scopes().isEmpty()) {
            throw new AccountRefused(Reason.KEY_WITHOUT_SCOPES);
        }
        var expiresAt = wish.expiresAt();
        if (expiresAt != null && !expiresAt.isAfter(clock.instant())) {
            throw new AccountRefused(Reason.EXPIRY_PAST);
        }
        var creator = actor instanceof Principal.User user ? user.id() : null;
        return insert(actor.label(), creator, wish);
    }

    /// With all rights, for whoever holds the machine.
    public NewKey createFromConsole(String name) {
        return insert(
                "console", null, new KeyWish(name, true, Set.of(), KeyScope.ALL, false, null));
    }

    /// All of them, revoked ones too, newest first. For admins.
    public List<ApiKeyRow> list(Principal actor) {
        NotAllowed.unlessAdmin(actor, "list keys");
        return db.sql(KeyRows.SELECT + "order by k.created_at desc, k.id")
                .query(KeyRows::row)
                .list();
    }

    /// From its next request on.
    public void limit(Principal actor, UUID key, KeyLimits limits) {
        NotAllowed.unlessAdmin(actor, "limit keys");
        tx.executeWithoutResult(
                _ -> {
                    var name = locked(key);
                    db.sql(
                                    """
                                    update api_key set requests_per_minute = :requests,
                                        tokens_per_day = :tokens
                                    where id = :id
                                    """)
                            .param("id", key)
                            .param("requests", limits.requestsPerMinute(), Types.INTEGER)
                            .param("tokens", limits.tokensPerDay(), Types.BIGINT)
                            .update();
                    audit.record(
                            actor,
                            "key.limit",
                            "key:" + key,
                            Map.of(
                                    "name",
                                    name,
                                    "requests_per_minute",
                                    String.valueOf(limits.requestsPerMinute()),
                                    "tokens_per_day",
                                    String.valueOf(limits.tokensPerDay())));
                });
    }

    /// Refused from its next request on.
    public void revoke(Principal actor, UUID key) {
        NotAllowed.unlessAdmin(actor, "revoke keys");
        tx.executeWithoutResult(
                _ -> {
                    var name = locked(key);
                    db.sql(
                                    """
                                    update api_key set revoked_at = now()
                                    where id = :id and revoked_at is null
                                    """)
                            .param("id", key)
                            .update();
                    audit.record(actor, "key.revoke", "key:" + key, Map.of("name", name));
                });
    }

    private String locked(UUID key) {
        return db.sql("select name from api_key where id = :id for update")
                .param("id", key)
                .query(String.class)
                .optional()
                .orElseThrow(() -> new AccountRefused(Reason.NO_SUCH_KEY));
    }

    /// Whose secret this is, if it is good now.
    public Optional<Principal.Key> authenticate(String secret) {
        if (!secret.startsWith("zw_") || secret.length() > 100) {
            return Optional.empty();
        }
        record Found(Principal.Key key, boolean stale) {}
        var found =
                db.sql(
                                """
                                select id, name, all_bases, scopes, on_behalf_of, requests_per_minute,
                                       last_used_at is null
                                       or last_used_at < now() - interval '1 minute' as stale
                                from api_key
                                where secret_hash = :hash and revoked_at is null
                                  and (expires_at is null or expires_at > now())
                                """)
                        .param("hash", Secrets.sha256(secret))
                        .query(
                                (row, _) ->
                                        new Found(
                                                new Principal.Key(
                                                        row.getObject("id", UUID.class),
                                                        row.getString("name"),
                                                        row.getBoolean("all_bases"),
                                                        KeyRows.scopes(row),
                                                        row.getBoolean("on_behalf_of"),
                                                        row.getObject(
                                                                "requests_per_minute",
                                                                Integer.class),
                                                        null),
                                                row.getBoolean("stale")))
                        .optional();
        found.filter(Found::stale).ifPresent(f -> used(f.key().id()));
        return found.map(Found::key);
    }

    /// Whether a key taken earlier is good still, for long answers.
    public boolean isGood(Principal.Key key) {
        return db.sql(
                        """
                        select exists (select 1 from api_key
                            where id = :id and revoked_at is null
                              and (expires_at is null or expires_at > now()))
                        """)
                .param("id", key.id())
                .query(Boolean.class)
                .single();
    }

    private void used(UUID key) {
        db.sql(
                        """
                        update api_key set last_used_at = now()
                        where id = :id and (last_used_at is null
                            or last_used_at < now() - interval '1 minute')
                        """)
                .param("id", key)
                .update();
    }

    private NewKey insert(String actor, @Nullable UUID creator, KeyWish wish) {
        var clean = Names.key(wish.name());
        var scopes = wish.scopes().stream().map(KeyScope::word).sorted().toArray(String[]::new);
        var expiresAt = wish.expiresAt();
        var id = UUID.randomUUID();
        var prefix = "zw_" + Secrets.readable(6);
        var secret = prefix + "_" + Secrets.random256();
        tx.executeWithoutResult(
                _ -> {
                    db.sql(
                                    """
                                    insert into api_key (id, name, prefix, secret_hash,
                                        all_bases, scopes, on_behalf_of, created_by, expires_at,
                                        requests_per_minute, tokens_per_day)
                                    values (:id, :name, :prefix, :hash, :all, :scopes, :acts,
                                        :creator, :expires, :requests, :tokens)
                                    """)
                            .param("id", id)
                            .param("name", clean)
                            .param("prefix", prefix)
                            .param("hash", Secrets.sha256(secret))
                            .param("all", wish.allBases())
                            .param("scopes", scopes)
                            .param("acts", wish.mayActForUsers())
                            .param("requests", wish.limits().requestsPerMinute(), Types.INTEGER)
                            .param("tokens", wish.limits().tokensPerDay(), Types.BIGINT)
                            .param("creator", creator, Types.OTHER)
                            .param(
                                    "expires",
                                    expiresAt == null ? null : Timestamp.from(expiresAt),
                                    Types.TIMESTAMP)
                            .update();
                    wish.bases().forEach(base -> limit(id, base));
                    audit.record(
                            actor,
                            "key.create",
                            "key:" + id,
                            Map.of(
                                    "name",
                                    clean,
                                    "all_bases",
                                    wish.allBases(),
                                    "scopes",
                                    List.of(scopes),
                                    "on_behalf_of",
                                    wish.mayActForUsers(),
                                    "bases",
                                    wish.bases().stream().map(KnowledgeBaseId::toString).toList()));
                });
        var row =
                db.sql(KeyRows.SELECT + "where k.id = :id")
                        .param("id", id)
                        .query(KeyRows::row)
                        .single();
        return new NewKey(row, secret);
    }

    private void limit(UUID key, KnowledgeBaseId base) {
        int known =
                db.sql(
                                """
                                insert into api_key_base (api_key_id, knowledge_base_id)
                                select :key, id from knowledge_base
                                where id = :base and deleted_at is null
                                """)
                        .param("key", key)
                        .param("base", base.value())
                        .update();
        if (known == 0) {
            throw new NoSuchKnowledgeBase(base);
        }
    }
}
