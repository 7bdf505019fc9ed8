package io.zhiwen.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.account.SecretBox;
import io.zhiwen.library.LibraryHouse;
import io.zhiwen.node.Node;
import io.zhiwen.node.NodeRole;
import io.zhiwen.source.place.SourceSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;

/// The runner over a real queue, whose runs end as nothing can read their kind.
@Timeout(60)
class SourceRunnerTest {

    @TempDir Path folder;

    @RepeatedTest(3)
    void takesRunsAfterEveryStart() throws Exception {
        try (var house = new LibraryHouse(folder)) {
            var runner = runner(house);
            for (int i = 0; i < 40; i++) {
                var run = ask(house);
                runner.start();
                await(house, run, "failed");
                runner.stop();
            }
        }
    }

    @Test
    void goesOnAfterAFaultThatNobodyForesaw() throws Exception {
        try (var house = new LibraryHouse(folder)) {
            var runner = runner(house);
            var broken = ask(house);
            house.db.sql("alter table source_run drop constraint source_run_mode_check").update();
            house.db
                    .sql("update source_run set mode = 'sideways' where id = :id")
                    .param("id", broken)
                    .update();
            runner.start();
            await(house, broken, "running");
            var next = ask(house);
            runner.wake();
            await(house, next, "failed");
            runner.stop();
        }
    }

    private static SourceRunner runner(LibraryHouse house) {
        var settings =
                new SourceSettings(List.of(), 1, Duration.ofMinutes(1), DataSize.ofMegabytes(1));
        var node = new Node("one", NodeRole.BOTH, true);
        var places = new Places(new SecretBox("s"));
        return new SourceRunner(
                new Claims(house.db, places, node, settings),
                new Kinds(List.of()),
                new SourceItems(house.db),
                house.brought,
                new TransactionTemplate(new JdbcTransactionManager(house.database)),
                node,
                settings);
    }

    private static UUID ask(LibraryHouse house) {
        var base = house.library.create(house.admin, "Handbook " + UUID.randomUUID()).id();
        var source = UUID.randomUUID();
        var run = UUID.randomUUID();
        house.db
                .sql(
                        """
                        insert into source (id, knowledge_base_id, kind, name, place, created_by)
                        values (:source, :base, 'of nobody', 'Map', '{}', 'x')
                        """)
                .param("source", source)
                .param("base", base.value())
                .update();
        house.db
                .sql(
                        """
                        insert into source_run (id, source_id, mode, state)
                        values (:run, :source, 'sync', 'waiting')
                        """)
                .param("run", run)
                .param("source", source)
                .update();
        return run;
    }

    private static void await(LibraryHouse house, UUID run, String state)
            throws InterruptedException {
        for (int i = 0; i < 1000 && !state(house, run).equals(state); i++) {
            Thread.sleep(10);
        }
        assertThat(state(house, run)).isEqualTo(state);
    }

    private static String state(LibraryHouse house, UUID run) {
        return house.db
                .sql("select state from source_run where id = :run")
                .param("run", run)
                .query(String.class)
                .single();
    }
}
