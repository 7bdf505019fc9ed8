package io.zhiwen.widget;

import io.zhiwen.account.ApiKeys;
import io.zhiwen.account.Audit;
import io.zhiwen.account.KeyLimits;
import io.zhiwen.account.KeyScope;
import io.zhiwen.account.KeyWish;
import io.zhiwen.account.NotAllowed;
import io.zhiwen.account.Principal;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.widget.WidgetRefused.Reason;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/// Chats on other pages, which admins make and take back. A widget is a key for asking that nobody
/// has the secret of, so what limits, counts and ends keys does so with it. Safe for concurrent
/// use.
@Component
public class Widgets {

    private static final String SELECT =
            """
            select w.*, k.name, k.requests_per_minute, k.tokens_per_day, k.created_at,
                k.last_used_at, k.revoked_at, u.name as reader_name,
                array(select b.knowledge_base_id from api_key_base b
                    join knowledge_base l on l.id = b.knowledge_base_id and l.deleted_at is null
                    where b.api_key_id = k.id order by l.name, l.id) as bases
            from widget w join api_key k on k.id = w.api_key_id
            left join app_user u on u.id = w.reader_id
            """;

    private static final int KEY_BYTES = 18;

    private final JdbcClient db;
    private final ApiKeys keys;
    private final Audit audit;
    private final TransactionOperations transaction;
    private final SecureRandom random = new SecureRandom();

    Widgets(JdbcClient db, ApiKeys keys, Audit audit, TransactionOperations transaction) {
        this.db = db;
        this.keys = keys;
        this.audit = audit;
        this.transaction = transaction;
    }

    /// The newest first, those that were taken back too.
    ///
    /// @throws NotAllowed for others than admins
    public List<Widget> all(Principal admin) {
        NotAllowed.unlessAdmin(admin, "widgets are for admins");
        return db.sql(SELECT + " order by k.created_at desc, k.id")
                .query((row, _) -> widget(row))
                .list();
    }

    /// @throws NotAllowed for others than admins
    public Optional<Widget> find(Principal admin, UUID id) {
        NotAllowed.unlessAdmin(admin, "widgets are for admins");
        return db.sql(SELECT + " where k.id = :id")
                .param("id", id)
                .query((row, _) -> widget(row))
                .optional();
    }

    /// The one of this public key, unless it was taken back or its reader may come no more.
    public Optional<Widget> named(String publicKey) {
        return db.sql(
                        SELECT
                                + """
                                 where w.public_key = :key and k.revoked_at is null
                                    and (w.reader_id is null or u.enabled and u.role <> 'admin')
                                """)
                .param("key", publicKey)
                .query((row, _) -> widget(row))
                .optional();
    }

    /// As whom its questions are asked.
    public Principal.Key principal(Widget widget) {
        db.sql(
                        """
                        update api_key set last_used_at = now() where id = :id
                            and (last_used_at is null or last_used_at < now() - interval '1 minute')
                        """)
                .param("id", widget.id())
                .update();
        var reader = widget.reader();
        var name = Objects.requireNonNullElse(widget.readerName(), "");
        return new Principal.Key(
                widget.id(),
                widget.name(),
                false,
                Set.of(KeyScope.ASK),
                false,
                widget.perMinute(),
                reader == null ? Principal.User.EVERYONE : new Principal.User(reader, name, false));
    }

    /// @throws WidgetRefused when it cannot be so
    /// @throws io.zhiwen.account.AccountRefused when it has no name or no base
    public Widget create(Principal admin, WidgetWish wish) {
        NotAllowed.unlessAdmin(admin, "widgets are for admins");
        List<String> origins = Origins.of(wish.origins());
        requireReader(wish.reader());
        UUID id =
                transaction.execute(
                        _ -> {
                            UUID key = keys.create(admin, key(wish)).row().id();
                            db.sql(
                                            """
                                            insert into widget (api_key_id, public_key, origins, reader_id)
                                            values (:id, :key, :origins, cast(:reader as uuid))
                                            """)
                                    .param("id", key)
                                    .param("key", publicKey())
                                    .param("origins", origins.toArray(String[]::new))
                                    .param("reader", wish.reader())
                                    .update();
                            audit(admin, "widget.create", key, origins);
                            return key;
                        });
        return find(admin, Objects.requireNonNull(id)).orElseThrow();
    }

    /// From the next time a page shows it.
    ///
    /// @return empty when there is none
    /// @throws WidgetRefused when one of them is no site
    public Optional<Widget> allow(Principal admin, UUID id, List<String> typed) {
        List<String> origins = Origins.of(typed);
        return find(admin, id)
                .map(
                        _ -> {
                            transaction.executeWithoutResult(
                                    _ -> {
                                        db.sql(
                                                        """
                                                        update widget set origins = :origins
                                                        where api_key_id = :id
                                                        """)
                                                .param("origins", origins.toArray(String[]::new))
                                                .param("id", id)
                                                .update();
                                        audit(admin, "widget.allow", id, origins);
                                    });
                            return find(admin, id).orElseThrow();
                        });
    }

    /// It answers no more; what it is answering now ends.
    ///
    /// @return false when there is none
    public boolean revoke(Principal admin, UUID id) {
        Optional<Widget> widget = find(admin, id);
        widget.ifPresent(_ -> keys.revoke(admin, id));
        return widget.isPresent();
    }

    private static KeyWish key(WidgetWish wish) {
        return new KeyWish(
                wish.name(),
                false,
                wish.bases(),
                Set.of(KeyScope.ASK),
                false,
                new KeyLimits(wish.perMinute(), wish.tokensPerDay()),
                null);
    }

    private void requireReader(@Nullable UUID reader) {
        boolean known =
                reader == null
                        || db.sql(
                                        """
                                        select exists (select 1 from app_user
                                            where id = :id and enabled and role <> 'admin')
                                        """)
                                .param("id", reader)
                                .query(Boolean.class)
                                .single();
        if (!known) {
            throw new WidgetRefused(Reason.NO_READER, "");
        }
    }

    private void audit(Principal admin, String action, UUID id, List<String> origins) {
        audit.record(admin, action, "widget:" + id, Map.of("origins", origins));
    }

    private String publicKey() {
        byte[] bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        return "zwp_" + HexFormat.of().formatHex(bytes);
    }

    private static Widget widget(ResultSet row) throws SQLException {
        return new Widget(
                row.getObject("api_key_id", UUID.class),
                row.getString("name"),
                row.getString("public_key"),
                List.of((String[]) row.getArray("origins").getArray()),
                Arrays.stream((UUID[]) row.getArray("bases").getArray())
                        .map(KnowledgeBaseId::new)
                        .toList(),
                row.getObject("reader_id", UUID.class),
                row.getString("reader_name"),
                row.getObject("requests_per_minute", Integer.class),
                row.getObject("tokens_per_day", Long.class),
                row.getObject("revoked_at") != null,
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                instant(row.getObject("last_used_at", OffsetDateTime.class)));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime at) {
        return at == null ? null : at.toInstant();
    }
}
