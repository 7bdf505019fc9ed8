package io.zhiwen.ask.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.TestPostgres;
import io.zhiwen.node.Node;
import io.zhiwen.node.NodeRole;
import io.zhiwen.node.Notifications;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/// Two nodes on one database.
@Timeout(90)
class SharedLinesTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final UUID SERVER = UUID.randomUUID();

    private final BlockingQueue<String> served = new LinkedBlockingQueue<>();
    private final Map<String, Slots.Slot> slots = new ConcurrentHashMap<>();
    private final Map<String, Integer> places = new ConcurrentHashMap<>();
    private final AtomicBoolean away = new AtomicBoolean();
    private final List<AutoCloseable> open = new ArrayList<>();

    private DataSource database;
    private SharedLines here;
    private SharedLines there;

    @BeforeEach
    void start() {
        database = TestPostgres.fresh();
        here = node("here", LONG);
        there = node("there", LONG);
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
    }

    @Test
    void twoNodesTogetherNeverAskAServerForMoreThanItsSlots() throws Exception {
        var now = new AtomicInteger();
        var most = new AtomicInteger();
        try (var server =
                        new ScriptedServer(
                                c -> {
                                    most.accumulateAndGet(now.incrementAndGet(), Math::max);
                                    c.stream().token("one ");
                                    // long enough that the others come meanwhile
                                    Thread.sleep(30);
                                    c.token("two");
                                    now.decrementAndGet();
                                    c.finish();
                                });
                var one = writer(here, server);
                var two = writer(there, server)) {
            List<Thread> threads = new ArrayList<>();
            List<Collected> answers = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                var writer = i % 2 == 0 ? one : two;
                var answer = new Collected();
                answers.add(answer);
                threads.add(
                        Thread.startVirtualThread(
                                () ->
                                        writer.write(
                                                "",
                                                Collected.PROMPT,
                                                answer.parts::add,
                                                () -> false)));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(answers)
                    .allSatisfy(answer -> assertThat(answer.text()).isEqualTo("one two"));
            assertThat(most.get()).isBetween(1, 3);
        }
        await(() -> rows() == 0);
    }

    @Test
    void whoCameFirstOnAnyNodeIsServedFirstAndSeesItsPlaceInTheLineOfAll() throws Exception {
        var one = slots(here, 1);
        var two = slots(there, 1);
        take(one, "", "first");
        assertThat(next()).isEqualTo("first");
        line(two, "", "second", 1);
        line(one, "", "third", 2);
        line(two, "", "fourth", 3);

        slots.get("first").close();
        assertThat(next()).isEqualTo("second");
        awaitPlace("third", 1);
        awaitPlace("fourth", 2);
        slots.get("second").close();
        assertThat(next()).isEqualTo("third");
        slots.get("third").close();
        assertThat(next()).isEqualTo("fourth");
    }

    @Test
    void whatAPersonHoldsOnOneNodeCountsOnTheOther() throws Exception {
        var one = slots(here, 2);
        var two = slots(there, 2);
        take(one, "lin", "lin 1");
        assertThat(next()).isEqualTo("lin 1");
        line(two, "lin", "lin 2", 1);
        take(two, "mei", "mei 1");
        assertThat(next()).isEqualTo("mei 1");
        slots.get("lin 1").close();
        assertThat(next()).isEqualTo("lin 2");
    }

    @Test
    void theSlotsOfANodeThatDiedComeBack() throws Exception {
        var dying = node("dying", Duration.ofSeconds(4));
        take(slots(dying, 1), "", "dead");
        assertThat(next()).isEqualTo("dead");
        dying.end();
        take(slots(there, 1), "", "alive");
        assertThat(next()).isEqualTo("alive");
    }

    @Test
    void whileTheDatabaseIsAwayANodeGoesByItsOwnPlaces() throws Exception {
        var one = slots(here, 1);
        take(one, "", "before");
        assertThat(next()).isEqualTo("before");
        line(slots(there, 1), "", "elsewhere", 1);
        away.set(true);
        line(one, "", "during", 1);
        slots.get("before").close();
        // node there still hears nothing of it, and goes by its own as well
        assertThat(List.of(next(), next())).containsExactlyInAnyOrder("during", "elsewhere");

        away.set(false);
        await(() -> rows() == 2);
        line(one, "", "after", 1);
        slots.get("during").close();
        slots.get("elsewhere").close();
        assertThat(next()).isEqualTo("after");
    }

    private SharedLines node(String name, Duration lease) {
        var notifications = Notifications.start(database::getConnection);
        var tx = new TransactionTemplate(new JdbcTransactionManager(database));
        var ledger =
                new SlotLedger(
                        JdbcClient.create(database),
                        new TransactionOperations() {
                            @Override
                            public <T> T execute(TransactionCallback<T> action) {
                                if (away.get()) {
                                    throw new DataAccessResourceFailureException("away");
                                }
                                return tx.execute(action);
                            }
                        },
                        new Node(name, NodeRole.BOTH, false),
                        lease);
        var lines = new SharedLines(ledger, LONG);
        lines.start(notifications);
        open.add(notifications);
        open.add(lines);
        return lines;
    }

    private static Slots slots(SharedLines lines, int count) {
        return new Slots(lines.of(SERVER, count));
    }

    private static ModelWriter writer(SharedLines lines, ScriptedServer server) {
        var settings = ModelWriterTest.settings(server.url(), 3);
        return ModelWriter.of(settings, 8192, lines.of(SERVER, 3), ModelObserver.NONE);
    }

    private long rows() {
        return JdbcClient.create(database)
                .sql("select count(*) from model_slot")
                .query(Long.class)
                .single();
    }

    /// Waits until it stands at this place.
    private void line(Slots of, String asker, String name, int place) throws InterruptedException {
        take(of, asker, name);
        awaitPlace(name, place);
    }

    private void awaitPlace(String name, int place) throws InterruptedException {
        await(() -> places.getOrDefault(name, 0) == place);
    }

    private void take(Slots of, String asker, String name) {
        Thread.ofVirtual()
                .start(
                        () -> {
                            try {
                                var slot =
                                        of.take(
                                                asker,
                                                LONG,
                                                () -> false,
                                                wait -> places.put(name, wait.place()));
                                slots.put(name, slot);
                                served.add(name);
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
    }

    private String next() throws InterruptedException {
        return served.poll(60, TimeUnit.SECONDS);
    }

    private static void await(BooleanSupplier until) throws InterruptedException {
        while (!until.getAsBoolean()) {
            Thread.sleep(5);
        }
    }
}
