package io.zhiwen.webhook;

import io.zhiwen.account.Audit;
import io.zhiwen.account.NoSuchKnowledgeBase;
import io.zhiwen.account.NotAllowed;
import io.zhiwen.account.Principal;
import io.zhiwen.account.SecretBox;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/// Who is told what happens; for admins. Safe for concurrent use.
@Component
public class Webhooks {

    private static final int SHOWN = 50;

    private static final String SELECT =
            """
            select w.*, array(select b.knowledge_base_id from webhook_base b
                    where b.webhook_id = w.id) as bases,
                (select count(*) from webhook_delivery d
                    where d.webhook_id = w.id and d.due_at is not null) as waiting,
                (select coalesce(d.failure, '') from webhook_delivery d
                    where d.webhook_id = w.id and d.tries > 0
                    order by d.at desc, d.id limit 1) as failing
            from webhook w
            """;

    private final JdbcClient db;
    private final SecretBox box;
    private final Audit audit;
    private final TransactionOperations transaction;

    Webhooks(JdbcClient db, SecretBox box, Audit audit, TransactionOperations transaction) {
        this.db = db;
        this.box = box;
        this.audit = audit;
        this.transaction = transaction;
    }

    /// A new one, with the secret that signs what it is sent: never told again.
    public record Made(Webhook webhook, String secret) {}

    /// @throws NotAllowed for others than admins
    public List<Webhook> all(Principal admin) {
        NotAllowed.unlessAdmin(admin, "webhooks are for admins");
        return db.sql(SELECT + " order by w.created_at desc, w.id")
                .query((row, _) -> webhook(row))
                .list();
    }

    /// @throws NotAllowed for others than admins
    public Optional<Webhook> find(Principal admin, UUID id) {
        NotAllowed.unlessAdmin(admin, "webhooks are for admins");
        return db.sql(SELECT + " where w.id = :id")
                .param("id", id)
                .query((row, _) -> webhook(row))
                .optional();
    }

    /// @throws WebhookRefused when it cannot be so
    /// @throws NoSuchKnowledgeBase when one of its bases is none
    public Made create(Principal admin, WebhookWish wish) {
        NotAllowed.unlessAdmin(admin, "webhooks are for admins");
        wish.check();
        UUID id = UUID.randomUUID();
        String secret = "whsec_" + SecretBox.newSecret();
        transaction.executeWithoutResult(
                _ -> {
                    db.sql(
                                    """
                                    insert into webhook (id, name, url, sealed_secret, events, all_bases,
                                        created_by)
                                    values (:id, :name, :url, :secret, :events, :all, :by)
                                    """)
                            .param("id", id)
                            .param("name", wish.name())
                            .param("url", wish.url())
                            .param("secret", box.close(secret, place(id)))
                            .param(
                                    "events",
                                    wish.events().stream()
                                            .map(Webhook.Event::code)
                                            .sorted()
                                            .toArray(String[]::new))
                            .param("all", wish.bases().isEmpty())
                            .param("by", admin.label())
                            .update();
                    wish.bases().forEach(base -> limit(id, base));
                    record(admin, "webhook.create", id, wish.url());
                });
        return new Made(find(admin, id).orElseThrow(), secret);
    }

    /// What it has still to be told is forgotten with it.
    ///
    /// @return false when there is none
    public boolean delete(Principal admin, UUID id) {
        Optional<Webhook> old = find(admin, id);
        old.ifPresent(
                one ->
                        transaction.executeWithoutResult(
                                _ -> {
                                    db.sql("delete from webhook where id = :id")
                                            .param("id", id)
                                            .update();
                                    record(admin, "webhook.delete", id, one.url());
                                }));
        return old.isPresent();
    }

    /// Has it told something harmless, within seconds.
    ///
    /// @return false when there is none
    public boolean ping(Principal admin, UUID id) {
        Optional<Webhook> webhook = find(admin, id);
        webhook.ifPresent(
                _ ->
                        db.sql(
                                        """
                                        insert into webhook_delivery (webhook_id, event, data)
                                        values (:id, 'ping', '{}')
                                        """)
                                .param("id", id)
                                .update());
        return webhook.isPresent();
    }

    /// The newest first; empty when there is no such webhook.
    public Optional<List<Webhook.Delivery>> deliveries(Principal admin, UUID id) {
        return find(admin, id)
                .map(
                        _ ->
                                db.sql(
                                                """
                                                select * from webhook_delivery where webhook_id = :id
                                                order by at desc, id limit :limit
                                                """)
                                        .param("id", id)
                                        .param("limit", SHOWN)
                                        .query((row, _) -> delivery(row))
                                        .list());
    }

    /// Tries at once what waits or was given up.
    ///
    /// @return false when there is no such webhook
    public boolean again(Principal admin, UUID id) {
        Optional<Webhook> webhook = find(admin, id);
        webhook.ifPresent(
                _ ->
                        db.sql(
                                        """
                                        update webhook_delivery set due_at = now(), tries = 0
                                        where webhook_id = :id and delivered_at is null
                                        """)
                                .param("id", id)
                                .update());
        return webhook.isPresent();
    }

    /// What a secret is sealed for.
    static String place(UUID webhook) {
        return "webhook " + webhook;
    }

    private void limit(UUID webhook, KnowledgeBaseId base) {
        int known =
                db.sql(
                                """
                                insert into webhook_base select :webhook, id from knowledge_base
                                where id = :base and deleted_at is null and not chat_only
                                """)
                        .param("webhook", webhook)
                        .param("base", base.value())
                        .update();
        if (known == 0) {
            throw new NoSuchKnowledgeBase(base);
        }
    }

    private void record(Principal admin, String action, UUID id, String url) {
        audit.record(admin, action, "webhook:" + id, Map.of("url", url));
    }

    private static Webhook webhook(ResultSet row) throws SQLException {
        var failing = row.getString("failing");
        return new Webhook(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("url"),
                events((String[]) row.getArray("events").getArray()),
                row.getBoolean("all_bases"),
                Arrays.stream((UUID[]) row.getArray("bases").getArray())
                        .map(KnowledgeBaseId::new)
                        .toList(),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getLong("waiting"),
                failing == null || failing.isEmpty() ? null : failing);
    }

    private static Set<Webhook.Event> events(String[] codes) {
        return Arrays.stream(codes)
                .flatMap(code -> Webhook.Event.of(code).stream())
                .collect(Collectors.toSet());
    }

    private static Webhook.Delivery delivery(ResultSet row) throws SQLException {
        var status = row.getObject("status", Integer.class);
        return new Webhook.Delivery(
                row.getObject("id", UUID.class),
                row.getString("event"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getInt("tries"),
                instant(row.getObject("due_at", OffsetDateTime.class)),
                instant(row.getObject("delivered_at", OffsetDateTime.class)),
                status == null
                        ? Objects.requireNonNullElse(row.getString("failure"), "")
                        : "HTTP " + status);
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime at) {
        return at == null ? null : at.toInstant();
    }
}
