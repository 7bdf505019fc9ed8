package io.zhiwen.ask.stream;

import io.zhiwen.node.Channel;
import io.zhiwen.node.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/// What all nodes together hold and want of the model servers, in the database: a row a ticket,
/// under a lease in the database's time. A node states everything it has, so that what was lost is
/// there again with the next statement.
final class SlotLedger {

    static final Duration LEASE = Duration.ofSeconds(15);

    /// @param mine whether it is of this node
    private record Row(Turns.Standing standing, boolean mine) {}

    private final JdbcClient db;
    private final TransactionOperations tx;
    private final String node;
    private final Duration lease;

    SlotLedger(JdbcClient db, TransactionOperations tx, Node node, Duration lease) {
        this.db = db;
        this.tx = tx;
        this.node = node.name();
        this.lease = lease;
    }

    /// States what this node has and wants of a server, and serves whose turn it is on any node.
    ///
    /// @param tickets all of this node's
    /// @return their places, 0 for who is served
    Map<UUID, Integer> settle(UUID server, int count, List<Ticket> tickets) {
        return Objects.requireNonNull(tx.execute(_ -> settled(server, count, tickets)));
    }

    /// The node's process has no ticket any more.
    void forget() {
        db.sql("delete from model_slot where node = :node").param("node", node).update();
    }

    private Map<UUID, Integer> settled(UUID server, int count, List<Ticket> tickets) {
        db.sql("select pg_advisory_xact_lock(hashtextextended('model_slot ' || :server, 0))")
                .param("server", server.toString())
                .query((_, _) -> server)
                .list();
        int gone = gone(server, tickets);
        boolean came = stated(server, tickets);
        var rows = rows(server);
        var places = Turns.places(rows.stream().map(Row::standing).toList(), count);
        List<UUID> next = new ArrayList<>();
        for (Row row : rows) {
            UUID id = row.standing().id();
            if (!row.standing().served() && places.getOrDefault(id, 1) == 0) {
                next.add(id);
            }
        }
        serve(next);
        boolean others = rows.stream().anyMatch(row -> !row.mine() && !row.standing().served());
        if (others && (came || gone > 0 || !next.isEmpty())) {
            tell(server);
        }
        return places;
    }

    /// Those that this node no longer has, and those of dead nodes.
    private int gone(UUID server, List<Ticket> tickets) {
        return db.sql(
                        """
                        delete from model_slot where server = :server
                            and (lease_until < statement_timestamp()
                                or node = :node and id <> all(cast(:mine as uuid[])))""")
                .param("server", server)
                .param("node", node)
                .param("mine", tickets.stream().map(Ticket::id).toArray(UUID[]::new))
                .update();
    }

    /// Whether a ticket is new.
    private boolean stated(UUID server, List<Ticket> tickets) {
        return db.sql(
                        """
                        insert into model_slot as m (id, server, node, asker, served, since, lease_until)
                        select n.id, :server, :node, n.asker, n.served,
                            statement_timestamp() - n.waited * interval '1 microsecond',
                            statement_timestamp() + :lease * interval '1 millisecond'
                        from unnest(cast(:ids as uuid[]), cast(:askers as text[]),
                            cast(:served as boolean[]), cast(:waited as bigint[]))
                            as n (id, asker, served, waited)
                        on conflict (id) do update set served = m.served or excluded.served,
                            lease_until = excluded.lease_until
                        returning xmax = 0""")
                .param("server", server)
                .param("node", node)
                .param("lease", lease.toMillis())
                .param("ids", tickets.stream().map(Ticket::id).toArray(UUID[]::new))
                .param("askers", tickets.stream().map(Ticket::asker).toArray(String[]::new))
                .param("served", tickets.stream().map(Ticket::isServed).toArray(Boolean[]::new))
                .param(
                        "waited",
                        tickets.stream()
                                .map(ticket -> ticket.waited().toNanos() / 1000)
                                .toArray(Long[]::new))
                .query(Boolean.class)
                .list()
                .contains(true);
    }

    private List<Row> rows(UUID server) {
        return db.sql(
                        """
                        select id, asker, served, node = :node as mine from model_slot
                        where server = :server order by since, id""")
                .param("server", server)
                .param("node", node)
                .query(
                        (row, _) ->
                                new Row(
                                        new Turns.Standing(
                                                row.getObject("id", UUID.class),
                                                row.getString("asker"),
                                                row.getBoolean("served")),
                                        row.getBoolean("mine")))
                .list();
    }

    private void serve(List<UUID> next) {
        if (!next.isEmpty()) {
            db.sql("update model_slot set served = true where id = any(cast(:next as uuid[]))")
                    .param("next", next.toArray(UUID[]::new))
                    .update();
        }
    }

    private void tell(UUID server) {
        db.sql("select pg_notify(:channel, :server)")
                .param("channel", Channel.SLOT.sqlName())
                .param("server", server.toString())
                .query((_, _) -> server)
                .list();
    }
}
