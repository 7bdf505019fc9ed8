package io.zhiwen.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.zhiwen.account.SecretBox;
import io.zhiwen.node.Chore;
import io.zhiwen.outgoing.Call;
import io.zhiwen.outgoing.ForbiddenAddress;
import io.zhiwen.outgoing.Limits;
import io.zhiwen.outgoing.OutgoingHttp;
import io.zhiwen.outgoing.Reply;
import java.io.IOException;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Sends what is due, each at least once: what is not taken with a 2xx is tried again, later and
/// later, for about two days. One node does it at a time.
@Component
class WebhookSender {

    private static final Logger log = LoggerFactory.getLogger(WebhookSender.class);

    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final int AT_ONCE = 50;
    private static final int MOST_TRIES = 8;

    /// The reply's body is not read.
    private static final Limits LIMITS = new Limits(Duration.ofSeconds(15), 0, 0);

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JdbcClient db;
    private final OutgoingHttp http;
    private final SecretBox box;
    private final InstantSource clock;

    WebhookSender(JdbcClient db, OutgoingHttp http, SecretBox box, InstantSource clock) {
        this.db = db;
        this.http = http;
        this.box = box;
        this.clock = clock;
    }

    @Configuration(proxyBeanMethods = false)
    static class Wiring {

        @Bean
        Chore telling(WebhookSender sender) {
            return new Chore("webhooks", EVERY, sender::send);
        }
    }

    private record Due(
            UUID id,
            UUID webhook,
            String url,
            byte[] secret,
            String event,
            String data,
            Instant at) {}

    private record Outcome(@Nullable Integer status, @Nullable String failure) {}

    /// Whoever is slow makes nobody else wait.
    void send() {
        List<Due> due = take();
        if (!due.isEmpty()) {
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                due.forEach(one -> threads.execute(() -> deliver(one)));
            }
        }
        db.sql(
                        """
                        delete from webhook_delivery
                        where due_at is null and at < now() - interval '30 days'
                        """)
                .update();
    }

    /// The next try is set before this one: whoever dies meanwhile has lost nothing.
    private List<Due> take() {
        return db.sql(
                        """
                        update webhook_delivery d set tries = tries + 1,
                            due_at = case when tries + 1 < :most
                                then now() + interval '30 seconds' * power(4, tries) end
                        from webhook w
                        where w.id = d.webhook_id and d.id in (
                            select id from webhook_delivery where due_at <= now()
                            order by due_at limit :limit for update skip locked)
                        returning d.id, d.webhook_id, w.url, w.sealed_secret, d.event, d.data, d.at
                        """)
                .param("most", MOST_TRIES)
                .param("limit", AT_ONCE)
                .query((row, _) -> due(row))
                .list();
    }

    private void deliver(Due due) {
        try {
            Outcome outcome = sent(due);
            db.sql(
                            """
                            update webhook_delivery set status = cast(:status as int), failure = :failure,
                                delivered_at = case when cast(:failure as text) is null then now() end,
                                due_at = case when cast(:failure as text) is null then null else due_at end
                            where id = :id
                            """)
                    .param("status", outcome.status())
                    .param("failure", outcome.failure())
                    .param("id", due.id())
                    .update();
        } catch (RuntimeException e) {
            log.warn("a webhook's delivery {} will be tried again", due.id(), e);
        }
    }

    private Outcome sent(Due due) {
        var secret = box.open(due.secret(), Webhooks.place(due.webhook()));
        if (secret.isEmpty()) {
            return new Outcome(null, "its secret was sealed by another installation");
        }
        byte[] body = body(due).getBytes(UTF_8);
        long now = clock.instant().getEpochSecond();
        Map<String, String> headers =
                Map.of(
                        "Content-Type", "application/json",
                        "Zhiwen-Event", due.event(),
                        "Zhiwen-Delivery", due.id().toString(),
                        "Zhiwen-Timestamp", Long.toString(now),
                        "Zhiwen-Signature", Signature.of(secret.get(), now, body));
        try (Reply reply = http.send(Call.post(URI.create(due.url()), headers, body, LIMITS))) {
            return new Outcome(reply.status(), reply.isGood() ? null : "HTTP " + reply.status());
        } catch (ForbiddenAddress e) {
            return new Outcome(null, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            log.debug("a webhook could not be reached", e);
            return new Outcome(null, e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }

    /// The same at each try.
    private static String body(Due due) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", due.id().toString());
        body.put("event", due.event());
        body.put("at", due.at().toString());
        body.put("data", JSON.readTree(due.data()));
        return JSON.writeValueAsString(body);
    }

    private static Due due(ResultSet row) throws SQLException {
        return new Due(
                row.getObject("id", UUID.class),
                row.getObject("webhook_id", UUID.class),
                row.getString("url"),
                row.getBytes("sealed_secret"),
                row.getString("event"),
                row.getString("data"),
                row.getObject("at", OffsetDateTime.class).toInstant());
    }
}
