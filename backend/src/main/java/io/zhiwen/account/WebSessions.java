package io.zhiwen.account;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.session.SessionRepository;
import org.springframework.stereotype.Component;

/// The sessions of browsers in the database, good on every node and over a restart. Of the cookie
/// only a hash is kept. A request that changes nothing writes nothing, but for one word a minute
/// that the session is in use; a while without one and it is over. Safe for concurrent use.
@Component
public class WebSessions implements SessionRepository<WebSession> {

    private static final Logger log = LoggerFactory.getLogger(WebSessions.class);
    private static final Duration SEEN_EVERY = Duration.ofMinutes(1);
    private static final String OWNER =
            HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY;

    private record Row(byte[] attributes, Instant createdAt, Instant seenAt) {}

    private final JdbcClient db;
    private final InstantSource clock;
    private final Supplier<SessionSettings> settings;

    public WebSessions(JdbcClient db, InstantSource clock, Supplier<SessionSettings> settings) {
        this.db = db;
        this.clock = clock;
        this.settings = settings;
    }

    @Override
    public WebSession createSession() {
        return WebSession.begun(clock.instant(), settings.get().idle());
    }

    @Override
    public @Nullable WebSession findById(String id) {
        return db.sql(
                        """
                        select attributes, created_at, seen_at from web_session
                        where id_hash = :hash and seen_at > now() - :idle * interval '1 second'
                        """)
                .param("hash", Secrets.sha256(id))
                .param("idle", settings.get().idle().toSeconds())
                .query(
                        (row, _) ->
                                new Row(
                                        row.getBytes("attributes"),
                                        row.getObject("created_at", OffsetDateTime.class)
                                                .toInstant(),
                                        row.getObject("seen_at", OffsetDateTime.class).toInstant()))
                .optional()
                .flatMap(row -> opened(id, row, settings.get().idle()))
                .orElse(null);
    }

    /// A session that was ended meanwhile stays so.
    @Override
    public void save(WebSession session) {
        var stored = session.storedId();
        if (stored == null) {
            insert(session);
        } else if (session.isChanged()) {
            update(stored, session);
        } else if (session.getLastAccessedTime().isBefore(clock.instant().minus(SEEN_EVERY))) {
            see(stored);
        }
        session.saved();
    }

    @Override
    public void deleteById(String id) {
        db.sql("delete from web_session where id_hash = :hash")
                .param("hash", Secrets.sha256(id))
                .update();
    }

    /// Whether it goes on, as the database has it now: for what outlives its request.
    public boolean isOpen(String id) {
        return db.sql(
                        """
                        select exists (select 1 from web_session where id_hash = :hash
                            and seen_at > now() - :idle * interval '1 second')
                        """)
                .param("hash", Secrets.sha256(id))
                .param("idle", settings.get().idle().toSeconds())
                .query(Boolean.class)
                .single();
    }

    /// Forgets what is over.
    void sweep() {
        db.sql("delete from web_session where seen_at < now() - :idle * interval '1 second'")
                .param("idle", settings.get().idle().toSeconds())
                .update();
    }

    private void insert(WebSession session) {
        db.sql(
                        """
                        insert into web_session (id_hash, user_id, attributes)
                        values (:hash, cast(:user as uuid), :attributes)
                        """)
                .param("hash", Secrets.sha256(session.getId()))
                .param("user", owner(session.attributes()))
                .param("attributes", SessionSeal.close(session.getId(), session.attributes()))
                .update();
    }

    private void update(String stored, WebSession session) {
        db.sql(
                        """
                        update web_session set id_hash = :hash, user_id = cast(:user as uuid),
                            attributes = :attributes, seen_at = now()
                        where id_hash = :stored
                        """)
                .param("hash", Secrets.sha256(session.getId()))
                .param("stored", Secrets.sha256(stored))
                .param("user", owner(session.attributes()))
                .param("attributes", SessionSeal.close(session.getId(), session.attributes()))
                .update();
    }

    private void see(String stored) {
        db.sql(
                        """
                        update web_session set seen_at = now()
                        where id_hash = :hash and seen_at < now() - :every * interval '1 second'
                        """)
                .param("hash", Secrets.sha256(stored))
                .param("every", SEEN_EVERY.toSeconds())
                .update();
    }

    private static Optional<WebSession> opened(String id, Row row, Duration idle) {
        try {
            var attributes = SessionSeal.open(id, row.attributes());
            return Optional.of(
                    WebSession.stored(id, attributes, row.createdAt(), row.seenAt(), idle));
        } catch (SessionSeal.BrokenSeal e) {
            log.warn("{}", e.getMessage());
            return Optional.empty();
        }
    }

    private static @Nullable UUID owner(Map<String, Object> attributes) {
        return attributes.get(OWNER) instanceof SecurityContext context
                        && context.getAuthentication() instanceof SignedIn signedIn
                        && signedIn.getPrincipal() instanceof Principal.User user
                ? user.id()
                : null;
    }
}
