package io.zhiwen.api;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Replies by the `Idempotency-Key` of their requests, for a day. All of it inside the transaction
/// of the request.
@Component
final class KeptReplies {

    /// Whose key it is and what it says; the same key of another service is another one.
    record Name(UUID service, String key) {}

    record Kept(
            String requestHash,
            int status,
            @Nullable String contentType,
            @Nullable String location,
            byte[] body) {}

    private final JdbcClient db;

    KeptReplies(JdbcClient db) {
        this.db = db;
    }

    /// Whether the request is the first of this name; waits while another one is at it.
    boolean begin(Name name, String requestHash) {
        sweep();
        return db.sql(
                                """
                                insert into idempotent_request as r (api_key_id, key, request_hash)
                                values (:service, :key, :hash)
                                on conflict (api_key_id, key) do update
                                set request_hash = excluded.request_hash, status = null,
                                    content_type = null, location = null, body = null,
                                    created_at = now()
                                where r.created_at < now() - interval '24 hours'
                                """)
                        .param("service", name.service())
                        .param("key", name.key())
                        .param("hash", requestHash)
                        .update()
                == 1;
    }

    void keep(Name name, Kept reply) {
        db.sql(
                        """
                        update idempotent_request
                        set status = :status, content_type = :type, location = :location,
                            body = :body
                        where api_key_id = :service and key = :key
                        """)
                .param("status", reply.status())
                .param("type", reply.contentType())
                .param("location", reply.location())
                .param("body", reply.body())
                .param("service", name.service())
                .param("key", name.key())
                .update();
    }

    Optional<Kept> find(Name name) {
        return db.sql(
                        """
                        select request_hash, status, content_type, location, body
                        from idempotent_request
                        where api_key_id = :service and key = :key
                        """)
                .param("service", name.service())
                .param("key", name.key())
                .query(
                        (row, _) ->
                                new Kept(
                                        row.getString("request_hash"),
                                        row.getInt("status"),
                                        row.getString("content_type"),
                                        row.getString("location"),
                                        row.getBytes("body")))
                .optional();
    }

    /// A few each time, so that nobody has to come by for it.
    private void sweep() {
        db.sql(
                        """
                        delete from idempotent_request r using (
                            select api_key_id, key from idempotent_request
                            where created_at < now() - interval '25 hours'
                            limit 10 for update skip locked) as old
                        where r.api_key_id = old.api_key_id and r.key = old.key
                        """)
                .update();
    }
}
