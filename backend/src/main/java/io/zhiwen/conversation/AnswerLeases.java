package io.zhiwen.conversation;

import io.zhiwen.ask.AnswerEvent;
import io.zhiwen.node.Channel;
import io.zhiwen.node.Node;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Which node writes which answer, and what it has said so far, in the database: one answer a chat
/// over all nodes, each under a lease in the database's time. Every change is told to the other
/// nodes. What changes more than one row belongs into a transaction of the caller.
@Component
class AnswerLeases {

    static final Duration LEASE = Duration.ofSeconds(15);

    private static final String STOP = "stop ";

    /// @param ordinal counts from 0
    record Recorded(int ordinal, AnswerEvent event) {}

    private final JdbcClient db;
    private final String node;

    AnswerLeases(JdbcClient db, Node node) {
        this.db = db;
        this.node = node.name();
    }

    /// @throws AnswerAlreadyRunning when one of this chat is
    void take(UUID message, UUID conversation) {
        int taken =
                db.sql(
                                """
                                insert into running_answer (message_id, conversation_id, node, lease_until)
                                values (:message, :conversation, :node, now() + :lease * interval '1 second')
                                on conflict (conversation_id) do nothing""")
                        .param("message", message)
                        .param("conversation", conversation)
                        .param("node", node)
                        .param("lease", LEASE.toSeconds())
                        .update();
        if (taken == 0) {
            throw new AnswerAlreadyRunning(conversation);
        }
    }

    /// What is wanted of an answer that this node writes.
    ///
    /// @param stopping whether somebody wants it to stop
    /// @param unread for how long nobody on any node has read it
    record Wanted(boolean stopping, Duration unread) {}

    /// Of `mine` those that this node still holds.
    ///
    /// @param read those of them that somebody reads here
    Map<UUID, Wanted> renew(Collection<UUID> mine, Collection<UUID> read) {
        Map<UUID, Wanted> kept = new HashMap<>();
        db.sql(
                        """
                        update running_answer set lease_until = now() + :lease * interval '1 second',
                            read_at = case when message_id = any(cast(:read as uuid[]))
                                then now() else read_at end
                        where message_id = any(cast(:mine as uuid[])) and node = :node
                        returning message_id, stopping,
                            cast(extract(epoch from now() - read_at) * 1000 as bigint) as unread""")
                .param("lease", LEASE.toSeconds())
                .param("mine", array(mine))
                .param("read", array(read))
                .param("node", node)
                .query(
                        row -> {
                            kept.put(
                                    row.getObject("message_id", UUID.class),
                                    new Wanted(
                                            row.getBoolean("stopping"),
                                            Duration.ofMillis(row.getLong("unread"))));
                        });
        return kept;
    }

    /// The answer was ended or is about to be; whether this node still held it.
    boolean giveUp(UUID message) {
        int mine =
                db.sql("delete from running_answer where message_id = :message and node = :node")
                        .param("message", message)
                        .param("node", node)
                        .update();
        tell(message.toString());
        return mine > 0;
    }

    /// Takes an answer away from a node that is dead; whether it was and nobody was quicker.
    boolean takeAway(UUID message) {
        int taken =
                db.sql(
                                """
                                delete from running_answer
                                where message_id = :message and lease_until < now()""")
                        .param("message", message)
                        .update();
        tell(message.toString());
        return taken > 0;
    }

    /// Ends the leases of those who cannot be alive: an earlier process of this name, or anybody
    /// in a database of one's own. Should one live yet, it cannot renew them.
    void expire(boolean all) {
        db.sql(
                        """
                        update running_answer
                        set lease_until = now() - interval '1 second', node = ''
                        where :all or node = :node""")
                .param("all", all)
                .param("node", node)
                .update();
    }

    /// Answers whose node has given no sign of life for the length of a lease.
    List<UUID> abandoned() {
        return db.sql("select message_id from running_answer where lease_until < now()")
                .query(UUID.class)
                .list();
    }

    /// The running answer of a chat, alive or not.
    Optional<UUID> of(UUID conversation) {
        return db.sql("select message_id from running_answer where conversation_id = :conversation")
                .param("conversation", conversation)
                .query(UUID.class)
                .optional();
    }

    /// Empty when it has ended; otherwise whether its node lives.
    Optional<Boolean> isAlive(UUID message) {
        return db.sql("select lease_until >= now() from running_answer where message_id = :message")
                .param("message", message)
                .query(Boolean.class)
                .optional();
    }

    /// Asks the node that writes it to end it; whether there is one.
    boolean stop(UUID conversation) {
        var message =
                db.sql(
                                """
                                update running_answer set stopping = true
                                where conversation_id = :conversation returning message_id""")
                        .param("conversation", conversation)
                        .query(UUID.class)
                        .optional();
        message.ifPresent(id -> tell(STOP + id));
        return message.isPresent();
    }

    /// Whether a word heard on the channel asks for a stop.
    static boolean isStop(String heard) {
        return heard.isEmpty() || heard.startsWith(STOP);
    }

    /// Adds to what others can read; false when the answer has ended meanwhile. A crash of the
    /// database may lose the last of it, which is no more than a crash of this process would.
    boolean record(UUID message, int from, List<AnswerEvent> events) {
        db.sql("set local synchronous_commit = off").update();
        int added =
                db.sql(
                                """
                                insert into answer_event (message_id, ordinal, event)
                                select r.message_id, n.ordinal, n.event
                                from (select message_id from running_answer
                                      where message_id = :message and node = :node for key share) r,
                                    unnest(cast(:ordinals as int[]), cast(:events as text[]))
                                        as n (ordinal, event)""")
                        .param("message", message)
                        .param("node", node)
                        .param(
                                "ordinals",
                                IntStream.range(from, from + events.size())
                                        .boxed()
                                        .toArray(Integer[]::new))
                        .param(
                                "events",
                                events.stream().map(EventJson::write).toArray(String[]::new))
                        .update();
        tell(message.toString());
        return added > 0;
    }

    /// Somebody reads it on another node than the one that writes it.
    void reading(UUID message) {
        db.sql("update running_answer set read_at = now() where message_id = :message")
                .param("message", message)
                .update();
    }

    /// What was recorded from `from` on.
    List<Recorded> since(UUID message, int from) {
        return db.sql(
                        """
                        select ordinal, event from answer_event
                        where message_id = :message and ordinal >= :from order by ordinal""")
                .param("message", message)
                .param("from", from)
                .query(
                        (row, _) ->
                                new Recorded(
                                        row.getInt("ordinal"),
                                        EventJson.read(row.getString("event"))))
                .list();
    }

    private void tell(String word) {
        db.sql("select pg_notify(:channel, :word)")
                .param("channel", Channel.ANSWER.sqlName())
                .param("word", word)
                .query((_, _) -> word)
                .list();
    }

    private static String array(Collection<UUID> ids) {
        return ids.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}"));
    }
}
