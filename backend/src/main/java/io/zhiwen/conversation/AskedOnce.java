package io.zhiwen.conversation;

import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Questions that are asked once, however often and on however many nodes they arrive, by the
/// `Idempotency-Key` of their requests, for a day. Safe for concurrent use.
@Component
final class AskedOnce {

    private static final long BETWEEN_LOOKS_MILLIS = 100;

    private final JdbcClient db;

    AskedOnce(JdbcClient db) {
        this.db = db;
    }

    /// Empty when the caller is to ask it now, under this claim. Waits while another request is
    /// about to; one that has not asked after half a minute is dead.
    ///
    /// @throws InterruptedException when it need not wait any more
    Optional<ServiceChats.Asked> begin(UUID service, ServiceChats.Once once, UUID claim)
            throws InterruptedException {
        sweep();
        while (true) {
            if (claimed(service, once, claim)) {
                return Optional.empty();
            }
            var earlier = find(service, once.key());
            if (earlier.isPresent() && earlier.get().settles(once)) {
                return earlier;
            }
            Thread.sleep(BETWEEN_LOOKS_MILLIS);
        }
    }

    /// Inside the transaction that writes the question.
    ///
    /// @return false when another request was faster
    boolean asked(UUID service, String key, UUID claim, UUID chat, UUID answer) {
        return db.sql(
                                """
                                update asked_once set conversation_id = :chat, answer_id = :answer
                                where api_key_id = :service and key = :key and claim = :claim
                                    and answer_id is null
                                """)
                        .param("chat", chat)
                        .param("answer", answer)
                        .param("service", service)
                        .param("key", key)
                        .param("claim", claim)
                        .update()
                == 1;
    }

    /// Nothing was asked under the claim: it can be tried again.
    void release(UUID service, String key, UUID claim) {
        db.sql(
                        """
                        delete from asked_once
                        where api_key_id = :service and key = :key and claim = :claim
                            and answer_id is null
                        """)
                .param("service", service)
                .param("key", key)
                .param("claim", claim)
                .update();
    }

    private boolean claimed(UUID service, ServiceChats.Once once, UUID claim) {
        return db.sql(
                                """
                                insert into asked_once as a (api_key_id, key, request_hash, claim)
                                values (:service, :key, :hash, :claim)
                                on conflict (api_key_id, key) do update
                                set request_hash = excluded.request_hash, claim = excluded.claim,
                                    conversation_id = null, answer_id = null, created_at = now()
                                where a.created_at < now() - interval '24 hours'
                                    or a.answer_id is null
                                        and a.created_at < now() - interval '30 seconds'
                                """)
                        .param("service", service)
                        .param("key", once.key())
                        .param("hash", once.requestHash())
                        .param("claim", claim)
                        .update()
                == 1;
    }

    private Optional<ServiceChats.Asked> find(UUID service, String key) {
        return db.sql(
                        """
                        select request_hash, conversation_id, answer_id from asked_once
                        where api_key_id = :service and key = :key
                        """)
                .param("service", service)
                .param("key", key)
                .query(
                        (row, _) ->
                                new ServiceChats.Asked(
                                        row.getString(1),
                                        row.getObject(2, UUID.class),
                                        row.getObject(3, UUID.class)))
                .optional();
    }

    /// A few each time, so that nobody has to come by for it.
    private void sweep() {
        db.sql(
                        """
                        delete from asked_once a using (
                            select api_key_id, key from asked_once
                            where created_at < now() - interval '25 hours'
                            limit 10 for update skip locked) as old
                        where a.api_key_id = old.api_key_id and a.key = old.key
                        """)
                .update();
    }
}
