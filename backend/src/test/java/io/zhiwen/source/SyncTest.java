package io.zhiwen.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhiwen.account.SecretBox;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.DocumentRow;
import io.zhiwen.library.LibraryHouse;
import io.zhiwen.node.Node;
import io.zhiwen.node.NodeRole;
import io.zhiwen.source.place.Field;
import io.zhiwen.source.place.LeftOut;
import io.zhiwen.source.place.Look;
import io.zhiwen.source.place.Place;
import io.zhiwen.source.place.Reason;
import io.zhiwen.source.place.Source;
import io.zhiwen.source.place.SourceKind;
import io.zhiwen.source.place.SourceSettings;
import io.zhiwen.source.place.SourceUnavailable;
import io.zhiwen.source.place.SourceUnavailable.Trouble;
import io.zhiwen.source.place.Thing;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;

/// A source that is a map of addresses and texts, over a real library.
class SyncTest {

    @TempDir static Path folder;

    private static LibraryHouse house;

    /// What is in the source: by address, with the text `broken` for what cannot be read and
    /// `crash` for what ends the reading.
    private final Map<String, String> things = new TreeMap<>();

    private KnowledgeBaseId base;
    private SourceId source;
    private Claims claims;
    private TransactionTemplate transaction;
    private int opened;
    private boolean goneStays;

    @BeforeAll
    static void open() throws IOException {
        house = new LibraryHouse(folder);
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @BeforeEach
    void begin() {
        house.parser = LibraryHouse::paragraphs;
        base = house.library.create(house.admin, "Handbook " + UUID.randomUUID()).id();
        transaction = new TransactionTemplate(new JdbcTransactionManager(house.database));
        claims = claimsOf("one", Duration.ofMinutes(1));
        source = new SourceId(UUID.randomUUID());
        house.db
                .sql(
                        """
                        insert into source (id, knowledge_base_id, kind, name, place, created_by)
                        values (:id, :base, 'map', 'Map', '{}', 'x')
                        """)
                .param("id", source.value())
                .param("base", base.value())
                .update();
    }

    @AfterEach
    void end() {
        house.db.sql("delete from source").update();
    }

    private Claims claimsOf(String node, Duration lease) {
        return new Claims(
                house.db,
                new Places(new SecretBox("s")),
                new Node(node, NodeRole.BOTH, false),
                new SourceSettings(List.of(), 1, lease, DataSize.ofMegabytes(1)));
    }

    private final class Told implements Source {

        @Override
        public void each(Look look) throws IOException, InterruptedException, SourceUnavailable {
            if (goneStays) {
                look.goneStays();
            }
            for (var each : things.entrySet()) {
                String text = each.getValue();
                if (text.equals("crash")) {
                    throw new SourceUnavailable(Trouble.UNREACHABLE, "the line broke");
                }
                look.found(
                        new Thing(
                                each.getKey(),
                                each.getKey().substring(each.getKey().lastIndexOf('/') + 1),
                                text,
                                URI.create(
                                        "https://wiki.example/"
                                                + each.getKey().replaceAll("\\p{Cntrl}", "")),
                                () -> {
                                    opened++;
                                    if (text.equals("broken")) {
                                        throw new LeftOut(Reason.UNREADABLE, "said the test");
                                    }
                                    return new ByteArrayInputStream(
                                            text.replaceAll("#.*", "").getBytes(UTF_8));
                                }));
            }
        }
    }

    private Claim claim(Mode mode) {
        house.db
                .sql(
                        """
                        insert into source_run (id, source_id, mode, state)
                        values (gen_random_uuid(), :source, :mode, 'waiting')
                        """)
                .param("source", source.value())
                .param("mode", mode.word())
                .update();
        return claims.take().orElseThrow();
    }

    private Sync sync(Claim claim) {
        return new Sync(claim, claims, new SourceItems(house.db), house.brought, transaction);
    }

    private RunRow run(Mode mode) throws Exception {
        return finish(claim(mode));
    }

    private RunRow finish(Claim claim) throws Exception {
        Sync sync = sync(claim);
        Reason reason = sync.run(new Told());
        claims.end(claim, true, sync.same(), reason == null ? null : reason.name(), null);
        return new RunTable(house.db).one(source, claim.run()).orElseThrow();
    }

    private List<DocumentRow> documents() {
        return house.library.documents(house.everything(), base, null, 100).items();
    }

    private static String counts(RunRow run) {
        return "%d same, %d added, %d changed, %d deleted, %d left out, %d missing"
                .formatted(
                        run.same(),
                        run.added(),
                        run.changed(),
                        run.deleted(),
                        run.leftOut(),
                        run.missing());
    }

    private DocumentRow named(String name) {
        return documents().stream().filter(d -> d.name().equals(name)).findFirst().orElseThrow();
    }

    @Test
    void whatIsNewComesWhatChangedIsReplacedWhatIsGoneGoes() throws Exception {
        things.putAll(Map.of("a.txt", "one", "b/b.txt", "two", "c.txt", "three"));
        assertThat(counts(run(Mode.SYNC)))
                .isEqualTo("0 same, 3 added, 0 changed, 0 deleted, 0 left out, 0 missing");
        var before = named("a.txt");
        assertThat(before.uploadedBy()).isEqualTo("source:Map");

        things.put("a.txt", "one more");
        things.remove("c.txt");
        assertThat(counts(run(Mode.SYNC)))
                .isEqualTo("1 same, 0 added, 1 changed, 1 deleted, 0 left out, 0 missing");
        assertThat(documents())
                .extracting(DocumentRow::name)
                .containsExactlyInAnyOrder("a.txt", "b.txt");
        assertThat(named("a.txt").id()).isEqualTo(before.id());
        assertThat(house.settled(before.id()).version()).isEqualTo(2);
    }

    @Test
    void whatIsTheSameIsNotReadAgainAndATouchedFileIsNoNewVersion() throws Exception {
        things.putAll(Map.of("a.txt", "one", "b.txt", "two"));
        run(Mode.SYNC);
        assertThat(opened).isEqualTo(2);

        things.put("b.txt", "two# touched");
        assertThat(counts(run(Mode.SYNC)))
                .isEqualTo("2 same, 0 added, 0 changed, 0 deleted, 0 left out, 0 missing");
        assertThat(opened).isEqualTo(3);
        assertThat(counts(run(Mode.SYNC))).startsWith("2 same");
        assertThat(opened).isEqualTo(3);
        assertThat(named("b.txt").version()).isEqualTo(1);
    }

    @Test
    void aTryTellsAndDoesNothing() throws Exception {
        things.putAll(Map.of("a.txt", "one", "b.txt", "two", "c.txt", "three"));
        assertThat(counts(run(Mode.TRY))).startsWith("0 same, 3 added");
        assertThat(documents()).isEmpty();
        run(Mode.SYNC);
        opened = 0;
        things.put("a.txt", "other");
        things.remove("b.txt");
        assertThat(counts(run(Mode.TRY)))
                .isEqualTo("1 same, 0 added, 1 changed, 1 deleted, 0 left out, 0 missing");
        assertThat(documents()).hasSize(3);
        assertThat(opened).isZero();
    }

    @Test
    void whenMostIsGoneNothingIsTakenAwayUntilSomebodyAcceptsIt() throws Exception {
        things.putAll(Map.of("a.txt", "one", "b.txt", "two", "c.txt", "three"));
        run(Mode.SYNC);

        things.keySet().removeAll(List.of("a.txt", "b.txt"));
        var doubted = run(Mode.SYNC);
        assertThat(counts(doubted))
                .isEqualTo("1 same, 0 added, 0 changed, 0 deleted, 0 left out, 2 missing");
        assertThat(doubted.reason()).isEqualTo("GONE_IN_BULK");
        assertThat(documents()).hasSize(3);

        things.clear();
        assertThat(run(Mode.SYNC).reason()).isEqualTo("NOTHING_LISTED");
        assertThat(documents()).hasSize(3);

        assertThat(counts(run(Mode.ACCEPT))).contains("3 deleted");
        assertThat(documents()).isEmpty();
    }

    @Test
    void aFolderThatIsRenamedAsAWholeIsNotTakenForLost() throws Exception {
        things.putAll(Map.of("old/a.txt", "one", "old/b.txt", "two", "c.txt", "three"));
        run(Mode.SYNC);
        var before = named("a.txt");

        things.clear();
        things.putAll(Map.of("new/a.txt", "one", "new/b.txt", "two", "c.txt", "three"));
        assertThat(counts(run(Mode.SYNC)))
                .isEqualTo("1 same, 2 added, 0 changed, 2 deleted, 0 left out, 0 missing");
        assertThat(documents()).hasSize(3);
        assertThat(named("a.txt").id()).isEqualTo(before.id());
    }

    @Test
    void aTryKnowsAFolderThatIsRenamedByItsFingerprintsAndElseSaysThatItMayBe() throws Exception {
        things.putAll(Map.of("old/a.txt", "one#1", "old/b.txt", "two#1", "c.txt", "three"));
        run(Mode.SYNC);
        things.clear();
        things.putAll(Map.of("new/a.txt", "one#1", "new/b.txt", "two#1", "c.txt", "three"));
        var renamed = run(Mode.TRY);
        assertThat(renamed.reason()).isNull();
        assertThat(counts(renamed))
                .isEqualTo("1 same, 2 added, 0 changed, 2 deleted, 0 left out, 0 missing");

        things.putAll(Map.of("new/a.txt", "one#2", "new/b.txt", "two#2"));
        var unknown = run(Mode.TRY);
        assertThat(unknown.reason()).isEqualTo("GONE_OR_RENAMED");
        assertThat(counts(unknown))
                .isEqualTo("1 same, 2 added, 0 changed, 0 deleted, 0 left out, 2 missing");

        things.clear();
        things.putAll(Map.of("new/a.txt", "x#2", "new/b.txt", "x#2", "new/c.txt", "x#2"));
        assertThat(run(Mode.TRY).reason()).as("of one moment").isEqualTo("GONE_OR_RENAMED");

        things.clear();
        things.put("c.txt", "three");
        assertThat(run(Mode.TRY).reason()).isEqualTo("GONE_IN_BULK");
        assertThat(documents()).hasSize(3);
    }

    @Test
    void whatIsGoneStaysWhereSomebodyChoseSo() throws Exception {
        things.putAll(Map.of("a.txt", "one", "b.txt", "two"));
        run(Mode.SYNC);
        things.clear();
        goneStays = true;
        var run = run(Mode.SYNC);
        assertThat(counts(run))
                .isEqualTo("0 same, 0 added, 0 changed, 0 deleted, 0 left out, 0 missing");
        assertThat(run.reason()).isNull();
        assertThat(documents()).hasSize(2);
    }

    @Test
    void aNameThatNobodyWouldGiveIsToldAndNotBrought() throws Exception {
        things.putAll(Map.of("a\u0000b.txt", "one", "c\nd.txt", "two", "../e.txt", "three"));
        things.put("in/../f.txt", "four");
        things.put("g..h.txt", "five");
        var run = run(Mode.SYNC);
        assertThat(counts(run)).startsWith("0 same, 1 added").contains("4 left out");
        assertThat(new RunTable(house.db).report(run.id(), What.LEFT_OUT, 0, 10))
                .extracting(line -> line.address() + " " + line.reason())
                .containsExactly(
                        "../e.txt ODD_ADDRESS",
                        "a\ufffdb.txt ODD_ADDRESS",
                        "c\ufffdd.txt ODD_ADDRESS",
                        "in/../f.txt ODD_ADDRESS");
    }

    @Test
    void aSourceThatCannotBeReadLosesNothing() throws Exception {
        things.putAll(Map.of("a.txt", "one", "b.txt", "two"));
        run(Mode.SYNC);
        things.put("a.txt", "crash");
        var claim = claim(Mode.SYNC);
        assertThatThrownBy(() -> sync(claim).run(new Told())).isInstanceOf(SourceUnavailable.class);
        assertThat(documents()).hasSize(2);
    }

    @Test
    void whatCannotBeReadIsToldWithItsReasonAndWhatWasBroughtFromThereStays() throws Exception {
        things.putAll(Map.of("a.txt", "one", "b.txt", "broken", "empty.txt", "", "large.txt", "x"));
        things.put("large.txt", "x".repeat(1_000_001));
        var first = run(Mode.SYNC);
        assertThat(counts(first))
                .isEqualTo("0 same, 1 added, 0 changed, 0 deleted, 3 left out, 0 missing");
        assertThat(new RunTable(house.db).report(first.id(), What.LEFT_OUT, 0, 10))
                .extracting(line -> line.address() + " " + line.reason())
                .containsExactly("b.txt UNREADABLE", "empty.txt EMPTY", "large.txt TOO_LARGE");

        things.put("a.txt", "broken");
        assertThat(counts(run(Mode.SYNC))).contains("0 deleted, 4 left out");
        assertThat(documents()).hasSize(1);
    }

    @Test
    void oneTextAtTwoAddressesIsOneDocumentUntilBothAreGone() throws Exception {
        things.putAll(Map.of("a.txt", "one", "b.txt", "one", "c.txt", "two", "d.txt", "three"));
        run(Mode.SYNC);
        assertThat(documents()).hasSize(3);

        things.remove("a.txt");
        run(Mode.SYNC);
        assertThat(named("b.txt")).isNotNull();
        assertThat(documents()).hasSize(3);

        things.remove("b.txt");
        run(Mode.SYNC);
        assertThat(documents()).hasSize(2);
    }

    @Test
    void whatAPersonUploadedIsNeverChangedOrTakenAway() throws Exception {
        var mine =
                house.library.upload(
                        house.admin,
                        base,
                        "mine.txt",
                        new ByteArrayInputStream("one".getBytes(UTF_8)));
        things.putAll(Map.of("a.txt", "one", "b.txt", "two", "c.txt", "three"));
        run(Mode.SYNC);
        assertThat(documents()).hasSize(3);

        things.put("a.txt", "other");
        run(Mode.SYNC);
        assertThat(house.settled(mine.id()).version()).isEqualTo(1);
        assertThat(documents()).hasSize(4);

        things.put("a.txt", "one");
        run(Mode.SYNC);
        things.remove("a.txt");
        run(Mode.SYNC);
        assertThat(named("mine.txt").id()).isEqualTo(mine.id());
    }

    @Test
    void whatWasDeletedHereStaysAwayUntilItChangesThere() throws Exception {
        things.putAll(Map.of("a.txt", "one", "b.txt", "two", "c.txt", "three"));
        run(Mode.SYNC);
        house.library.delete(house.admin, named("a.txt").id());
        var run = run(Mode.SYNC);
        assertThat(counts(run)).startsWith("2 same, 0 added").contains("1 left out");
        assertThat(documents()).hasSize(2);

        things.put("a.txt", "one, second edition");
        run(Mode.SYNC);
        assertThat(documents()).hasSize(3);
    }

    @Test
    void anotherNodeGoesOnWhereADeadOneWasAndTheDeadOneCanChangeNothing() throws Exception {
        things.putAll(Map.of("a.txt", "one", "b.txt", "two", "c.txt", "crash"));
        var first = claim(Mode.SYNC);
        assertThatThrownBy(() -> sync(first).run(new Told())).isInstanceOf(SourceUnavailable.class);
        assertThat(claims.take()).isEmpty();

        house.db.sql("update source_run set lease_until = now()").update();
        var other = claimsOf("two", Duration.ofMinutes(1)).take().orElseThrow();
        assertThat(other.run()).isEqualTo(first.run());
        assertThat(other.attempt()).isEqualTo(first.attempt() + 1);
        assertThat(claims.renew(first, 0)).isFalse();
        things.put("b.txt", "two, by the dead");
        assertThatThrownBy(() -> sync(first).run(new Told())).isInstanceOf(RunLost.class);

        things.put("b.txt", "two");
        things.put("c.txt", "three");
        assertThat(counts(finish(other)))
                .isEqualTo("0 same, 3 added, 0 changed, 0 deleted, 0 left out, 0 missing");
        assertThat(documents()).hasSize(3);
    }

    @Test
    void sourcesWaitBehindUploadsOfPeople() throws Exception {
        var busy = new CountDownLatch(2);
        var gate = new CountDownLatch(1);
        List<String> order = new CopyOnWriteArrayList<>();
        house.parser =
                file -> {
                    order.add(file.name());
                    busy.countDown();
                    gate.await();
                    return LibraryHouse.paragraphs(file);
                };
        upload("busy one");
        upload("busy two");
        assertThat(busy.await(30, TimeUnit.SECONDS)).isTrue();
        for (int i = 0; i < 4; i++) {
            things.put("bulk" + i + ".txt", "bulk " + i);
        }
        run(Mode.SYNC);
        var mine = upload("mine");
        gate.countDown();
        house.settled(mine.id());
        assertThat(order.indexOf("mine.txt")).isBetween(2, 3);
        for (var each : documents()) {
            house.settled(each.id());
        }
        assertThat(order).hasSize(7);
    }

    private DocumentRow upload(String text) throws IOException {
        return house.library.upload(
                house.admin, base, text + ".txt", new ByteArrayInputStream(text.getBytes(UTF_8)));
    }

    @Test
    void aScheduledSourceIsReadWhenItsTimeComesAndOnceAtATime() {
        house.db.sql("update source set every_minutes = 30, due_at = now()").update();
        claims.schedule();
        house.db.sql("update source set due_at = now()").update();
        claims.schedule();
        assertThat(house.count("select count(*) from source_run")).isOne();
        var claim = claims.take().orElseThrow();
        assertThat(claims.take()).isEmpty();
        claims.end(claim, true, 0, null, null);
        claims.schedule();
        assertThat(house.count("select count(*) from source_run where state = 'waiting'")).isOne();
        assertThat(
                        house.count(
                                "select count(*) from source where due_at > now() + interval '29 minutes'"))
                .isOne();
        claims.end(claims.take().orElseThrow(), true, 0, null, null);

        house.db.sql("update source set due_at = now(), paused = true").update();
        claims.schedule();
        assertThat(claims.take()).isEmpty();
    }

    @Test
    void aSecretIsClosedInTheDatabaseAndStaysWhereNoneIsGiven() throws Exception {
        var places = new Places(new SecretBox("s"));
        var id = new SourceId(UUID.randomUUID());
        var kept =
                places.close(
                        new Vault(), id, Map.of("where", "w", "password", "pw-7f3a"), Map.of());
        assertThat(kept.open()).doesNotContain("pw-7f3a");
        assertThat(new String(bytes(kept.sealed()), UTF_8)).doesNotContain("pw-7f3a");
        assertThat(places.whole(id, kept.open(), kept.sealed()).text("password"))
                .isEqualTo("pw-7f3a");
        var again =
                places.close(
                        new Vault(),
                        id,
                        Map.of("where", "elsewhere"),
                        places.secrets(id, kept.sealed()));
        assertThat(places.whole(id, again.open(), again.sealed()).text("password"))
                .isEqualTo("pw-7f3a");
        var secrets = places.secrets(id, kept.sealed());
        var elsewhere = Map.of("where", "elsewhere");
        assertThatThrownBy(
                        () -> Places.staying(new Vault(), Map.of("where", "w"), elsewhere, secrets))
                .isInstanceOfSatisfying(
                        SourceRefused.class,
                        e -> assertThat(e.reason()).isEqualTo(SourceRefused.Reason.SECRET_AGAIN));
        assertThat(Places.staying(new Vault(), elsewhere, elsewhere, secrets)).isEqualTo(secrets);
        assertThatThrownBy(() -> new Places(new SecretBox("t")).secrets(id, kept.sealed()))
                .isInstanceOf(SourceUnavailable.class);
        assertThatThrownBy(() -> places.close(new Vault(), id, Map.of(), Map.of()))
                .isInstanceOf(SourceRefused.class);
    }

    private static byte[] bytes(byte @Nullable [] sealed) {
        return java.util.Objects.requireNonNull(sealed);
    }

    private record Vault() implements SourceKind {
        @Override
        public String name() {
            return "vault";
        }

        @Override
        public List<Field> fields() {
            return List.of(
                    Field.required("where", Field.Type.TEXT),
                    Field.required("password", Field.Type.SECRET));
        }

        @Override
        public String where(Place place) {
            return place.text("where");
        }

        @Override
        public Source open(Place place) {
            throw new UnsupportedOperationException();
        }
    }
}
