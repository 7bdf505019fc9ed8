package io.zhiwen.library;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.zhiwen.TestPostgres;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class LineTest {

    private static DataSource database;
    private static JdbcClient db;

    private final List<String> names = new ArrayList<>();
    private Line line;

    @BeforeAll
    static void open() {
        database = TestPostgres.fresh();
        db = JdbcClient.create(database);
    }

    @BeforeEach
    void empty() {
        db.sql("delete from scheduled_tasks").update();
        line = new Line(db, InstantSource.system());
    }

    @Test
    void oneFileOfAnotherPersonGoesBeforeTheRestOfManyOfOne() throws Exception {
        put("anna", Urgency.MANY, "a1", "a2", "a3", "a4");
        put("bert", Urgency.UPLOAD, "b1");

        assertThat(taken(1)).containsExactly("b1", "a1", "a2", "a3", "a4");
    }

    @Test
    void manyOfTwoPersonsTakeTurns() throws Exception {
        put("anna", Urgency.MANY, "a1", "a2", "a3");
        put("bert", Urgency.MANY, "b1", "b2", "b3");

        assertThat(taken(1)).containsExactly("a1", "b1", "a2", "b2", "a3", "b3");
    }

    @Test
    void whoComesLateBeginsWhereTheOthersAreAndNotBeforeThem() throws Exception {
        put("anna", Urgency.MANY, "a1", "a2", "a3", "a4");
        db.sql("delete from scheduled_tasks where turn < 8").update(); // a1 and a2 are done
        put("bert", Urgency.MANY, "b1", "b2");

        assertThat(taken(1)).containsExactly("a3", "b1", "a4", "b2");
    }

    @Test
    void whatIsLessUrgentAdvancesSlowlyButAdvances() throws Exception {
        put("drive", Urgency.SYNC, "s1", "s2", "s3");
        put("anna", Urgency.MANY, "a1", "a2", "a3", "a4", "a5");

        assertThat(taken(1)).containsExactly("a1", "s1", "a2", "a3", "a4", "a5", "s2", "s3");
    }

    @Test
    void aSingleUploadGoesBeforeSourcesAndBeforeCuttingAnew() throws Exception {
        put("admin", Urgency.ANEW, "n1", "n2");
        put("drive", Urgency.SYNC, "s1", "s2");
        put("anna", Urgency.UPLOAD, "a1", "a2", "a3");

        assertThat(taken(1)).containsExactly("a1", "s1", "n1", "a2", "a3", "s2", "n2");
    }

    @Test
    void theTwentyFirstFileOfOnePersonIsOneOfMany() {
        for (int i = 0; i < 21; i++) {
            put("anna", Urgency.UPLOAD, "a" + i);
        }

        assertThat(
                        db.sql("select lane from scheduled_tasks order by turn")
                                .query(String.class)
                                .list())
                .hasSize(21)
                .filteredOn(lane -> lane.equals("M:user:anna"))
                .hasSize(1);
    }

    @Test
    void aJobThatIsPutOffKeepsItsTurnAndHoldsUpNobody() throws Exception {
        put("anna", Urgency.UPLOAD, "a1", "a2");
        db.sql(
                        """
                        update scheduled_tasks set execution_time = now() + interval '1 hour'
                        where task_instance = :a1
                        """)
                .param("a1", id("a1").toString())
                .update();

        assertThat(place("a1").from()).isAfter(Instant.now());
        assertThat(place("a2").before()).isZero();
        assertThat(taken(1)).containsExactly("a2");
        db.sql("update scheduled_tasks set execution_time = now()").update();
        assertThat(taken(1)).containsExactly("a1");
    }

    @Test
    void thePlaceInLineIsTheNumberThatIsTakenBefore() {
        put("anna", Urgency.MANY, "a1", "a2", "a3");
        put("bert", Urgency.MANY, "b1", "b2");

        List<Integer> before = names.stream().map(name -> place(name).before()).toList();
        assertThat(names).containsExactly("a1", "a2", "a3", "b1", "b2");
        assertThat(before).containsExactly(0, 2, 4, 1, 3);
        line.remove(id("a1"));
        assertThat(line.placesOf(List.of(id("a1")))).isEmpty();
        assertThat(place("b1").before()).isZero();
    }

    @Test
    void placesOfManyAreTakenFromOneWalkAndBehindItsEndOnlyMoreIsSaid() {
        put("anna", Urgency.MANY, "a1");
        db.sql(
                        """
                        insert into scheduled_tasks (task_name, task_instance, execution_time,
                            picked, version, priority, lane, turn, urgency)
                        select 'ingest', gen_random_uuid()::text, now(), false, 1, 0, 'M:bert', 1, 4
                        from generate_series(1, 1100)
                        """)
                .update();
        put("anna", Urgency.MANY, "a2", "a3");

        var places = line.placesOf(List.of(id("a1"), id("a2"), UUID.randomUUID()));
        assertThat(places).containsOnlyKeys(id("a1"), id("a2"));
        assertThat(place("a1")).isEqualTo(new Timeline.Place(0, false, null));
        assertThat(place("a2")).isEqualTo(new Timeline.Place(1000, true, null));
    }

    @Test
    void twoNodesTakeEachJobOnceAndKeepToTheLine() throws Exception {
        put(
                "anna",
                Urgency.MANY,
                IntStream.range(0, 60).mapToObj(i -> "a" + i).toArray(String[]::new));
        put("bert", Urgency.UPLOAD, "b1", "b2");

        List<String> taken = taken(2);
        assertThat(taken).hasSize(62).doesNotHaveDuplicates();
        assertThat(taken.subList(0, 20)).contains("b1", "b2");
    }

    private void put(String by, Urgency urgency, String... jobs) {
        names.addAll(List.of(jobs));
        line.add(java.util.Arrays.stream(jobs).map(LineTest::id).toList(), "user:" + by, urgency);
    }

    private static UUID id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /// All jobs that are due, in the order in which so many nodes took them.
    private List<String> taken(int nodes) throws InterruptedException {
        List<String> taken = Collections.synchronizedList(new ArrayList<>());
        int there = count();
        CountDownLatch all = new CountDownLatch(there);
        List<Scheduler> schedulers = new ArrayList<>();
        for (int i = 0; i < nodes; i++) {
            Task<Void> ingest =
                    Tasks.oneTime("ingest", Void.class)
                            .execute(
                                    (instance, _) -> {
                                        taken.add(instance.getId());
                                        all.countDown();
                                    });
            schedulers.add(
                    Scheduler.create(database, List.of(ingest))
                            .jdbcCustomization(new TurnByTurn())
                            .schedulerName(new SchedulerName.Fixed("node" + i))
                            .threads(1)
                            .pollUsingLockAndFetch(0.5, 1.0)
                            .pollingInterval(Duration.ofMillis(100))
                            .build());
        }
        schedulers.forEach(Scheduler::start);
        try {
            assertThat(all.await(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            schedulers.forEach(Scheduler::stop);
        }
        return taken.stream()
                .map(
                        job ->
                                names.stream()
                                        .filter(name -> id(name).toString().equals(job))
                                        .findFirst()
                                        .orElseThrow())
                .toList();
    }

    private Timeline.Place place(String name) {
        return line.placesOf(List.of(id(name))).get(id(name));
    }

    private static int count() {
        return db.sql("select count(*) from scheduled_tasks where execution_time <= now()")
                .query(Integer.class)
                .single();
    }
}
