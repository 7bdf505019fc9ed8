package io.zhiwen.operate;

import io.zhiwen.ask.stream.Models;
import io.zhiwen.node.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Which nodes hold or want places at the model servers: of this node as it is now, of others as
/// they last stated it. Of this node alone while the database does not answer in time.
@Component
final class ModelLines {

    private record Stated(UUID server, Overview.Places places) {}

    private final JdbcClient db;
    private final Models models;
    private final String self;
    private final Fresh<List<Stated>> others;

    ModelLines(JdbcClient db, Models models, Node node) {
        this.db = db;
        this.models = models;
        this.self = node.name();
        this.others =
                new Fresh<>(
                        "the lines before models", Duration.ZERO, Database.PATIENCE, this::read);
    }

    List<Overview.ModelLine> all() {
        var stated = others.get();
        return models.all().stream()
                .map(known -> line(known, stated == null ? List.of() : stated))
                .toList();
    }

    private Overview.ModelLine line(Models.Known known, List<Stated> stated) {
        var server = known.server();
        var state = known.state();
        List<Overview.Places> nodes = new ArrayList<>();
        nodes.add(new Overview.Places(self, state.used(), state.waiting()));
        Stream<Stated> here = stated.stream().filter(one -> one.server().equals(server.place()));
        here.map(Stated::places).forEach(nodes::add);
        return new Overview.ModelLine(server.name(), server.slots(), nodes);
    }

    private List<Stated> read() {
        return db.sql(
                        """
                        select server, node, count(*) filter (where served) as used,
                            count(*) filter (where not served) as waiting
                        from model_slot where node <> :self and lease_until > statement_timestamp()
                        group by server, node order by server, node
                        """)
                .param("self", self)
                .query(
                        (row, _) ->
                                new Stated(
                                        row.getObject("server", UUID.class),
                                        new Overview.Places(
                                                row.getString("node"),
                                                row.getInt("used"),
                                                row.getInt("waiting"))))
                .list();
    }
}
