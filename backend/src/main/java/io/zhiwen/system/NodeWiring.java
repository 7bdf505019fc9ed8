package io.zhiwen.system;

import io.zhiwen.ingest.index.IndexFollower;
import io.zhiwen.node.Channel;
import io.zhiwen.node.DatabaseClock;
import io.zhiwen.node.Heartbeat;
import io.zhiwen.node.Node;
import io.zhiwen.node.NodeSettings;
import io.zhiwen.node.Notifications;
import io.zhiwen.settings.RuntimeSettings;
import java.time.OffsetDateTime;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/// This process among the others.
@Configuration(proxyBeanMethods = false)
class NodeWiring {

    @Bean
    Node node(NodeSettings settings, HeadStart start) {
        return Node.of(settings, start.isEmbedded());
    }

    @Bean
    DatabaseClock databaseClock(JdbcClient db) {
        var now = db.sql("select clock_timestamp()").query(OffsetDateTime.class).single();
        return new DatabaseClock(now.toInstant());
    }

    @Bean
    Notifications notifications(HeadStart start, IndexFollower follower, RuntimeSettings settings) {
        var notifications = Notifications.start(() -> DatabasePool.line(start.database()));
        notifications.on(Channel.INDEX, _ -> follower.wake());
        notifications.on(Channel.SETTING, _ -> settings.look());
        return notifications;
    }

    @Bean
    Heartbeat heartbeat(
            @Qualifier("queueDataSource") DataSource queue,
            Node node,
            DatabaseClock clock,
            IndexFollower follower) {
        var version = Optional.ofNullable(NodeWiring.class.getPackage().getImplementationVersion());
        return Heartbeat.start(
                JdbcClient.create(queue),
                node,
                version.orElse("unpackaged"),
                clock,
                follower::position);
    }
}
