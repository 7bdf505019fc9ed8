package io.zhiwen.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.zhiwen.ingest.IngestObserver.Stage;
import io.zhiwen.ingest.parse.Block;
import io.zhiwen.ingest.parse.Finding;
import io.zhiwen.ingest.parse.ParsedDocument;
import io.zhiwen.ingest.parse.UnreadableDocument.Reason;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimelineTest {

    @TempDir static Path folder;

    private static LibraryHouse house;
    private KnowledgeBaseId base;

    @BeforeAll
    static void open() throws IOException {
        house = new LibraryHouse(folder);
    }

    @BeforeEach
    void emptyBase() {
        base = house.library.create(house.admin, "Handbook").id();
        house.parser = LibraryHouse::paragraphs;
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @Test
    void aDocumentThatBecameReadySaysHowLongEachStageTookAndWhatWasFound() throws Exception {
        house.parser =
                _ ->
                        new ParsedDocument(
                                "application/pdf",
                                false,
                                null,
                                3,
                                List.of(Block.paragraph("One page of three.", 1)),
                                List.of(
                                        Finding.onPages(
                                                Finding.Kind.UNREAD_WITHOUT_OCR, List.of(2, 3), 2)),
                                List.of());
        DocumentId id = house.settled(upload("a.pdf", "bytes")).id();

        awaitPublished(id);
        Timeline timeline = timelines(id).getFirst();
        assertThat(timeline.version()).isEqualTo(1);
        assertThat(timeline.status()).isEqualTo(Status.READY);
        assertThat(timeline.queuedAt()).isNull();
        IngestTry only = timeline.tries().getFirst();
        assertThat(timeline.tries()).hasSize(1);
        assertThat(only.outcome()).isEqualTo(IngestTry.Outcome.READY);
        assertThat(only.node()).isEqualTo("house");
        assertThat(only.queuedAt()).isNotNull().isBeforeOrEqualTo(only.startedAt());
        assertThat(only.endedAt()).isNotNull().isAfterOrEqualTo(only.startedAt());
        assertThat(only.stages()).containsOnlyKeys(Stage.values());
        assertThat(only.reached()).isNull();
        assertThat(only.pages()).isEqualTo(3);
        assertThat(only.chunks()).isEqualTo(1);
        assertThat(only.findings())
                .extracting(Finding::kind, Finding::pages)
                .contains(tuple(Finding.Kind.UNREAD_WITHOUT_OCR, List.of(2, 3)));
    }

    @Test
    void aDocumentWithPagesAServerDidNotAnswerForIsReadAgainAndAWholeOneIsNot() throws Exception {
        house.parser =
                _ ->
                        new ParsedDocument(
                                "application/pdf",
                                false,
                                null,
                                2,
                                List.of(Block.paragraph("The page with letters.", 1)),
                                List.of(
                                        Finding.onPages(
                                                Finding.Kind.UNREAD_BY_MODEL, List.of(2), 1)),
                                List.of());
        DocumentId id = house.settled(upload("scan.pdf", "pages of a scan")).id();
        awaitPublished(id);
        house.parser = LibraryHouse::paragraphs;
        assertThat(house.library.retry(house.admin, id)).isTrue();
        var whole = house.settled(id);
        assertThat(whole.version()).isEqualTo(2);
        assertThat(whole.status()).isEqualTo(Status.READY);
        assertThat(house.library.retry(house.admin, id)).isFalse();
    }

    @Test
    void everyTryOfAFailureThatMayPassIsKeptWithWhatTheWorkerSaid() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        house.parser =
                file ->
                        tries.incrementAndGet() < 3
                                ? LibraryHouse.refuse(Reason.CRASHED)
                                : LibraryHouse.paragraphs(file);
        DocumentId id = house.settled(upload("a.txt", "words")).id();

        List<IngestTry> kept = timelines(id).getFirst().tries();
        assertThat(kept)
                .extracting(IngestTry::outcome)
                .containsExactly(
                        IngestTry.Outcome.RETRIED,
                        IngestTry.Outcome.RETRIED,
                        IngestTry.Outcome.READY);
        assertThat(kept.getFirst().reasonCode()).isEqualTo("CRASHED");
        assertThat(kept.getFirst().reasonDetail()).isEqualTo("said the test");
        assertThat(kept.getFirst().reached()).isEqualTo(Stage.PARSE);
        assertThat(kept.getFirst().stages()).isEmpty();
        assertThat(kept.getFirst().chunks()).isNull();
    }

    @Test
    void aTryWhoseNodeWasKilledIsLostAndTheNextSaysItTookOver() throws Exception {
        DocumentId id = house.settled(upload("a.txt", "words")).id();
        house.run(
                """
                update document_version set status = 'parsing', job = gen_random_uuid(), attempt = 2
                where document_id = '%s'
                """
                        .formatted(id));
        house.run("update document set live_version = null where id = '%s'".formatted(id));
        house.run(
                """
                insert into ingest_try (document_id, version, attempt, node, queued_at, parse_ms)
                values ('%s', 1, 2, 'killed', now(), 40)
                """
                        .formatted(id));
        house.run(
                """
                insert into scheduled_tasks (task_name, task_instance, execution_time, picked,
                    picked_by, last_heartbeat, version)
                select 'ingest', job::text, now(), true, 'killed', now() - interval '2 minutes', 1
                from document_version where document_id = '%s'
                """
                        .formatted(id));

        house.jobs.releaseWhatNobodyWorksOn();
        house.settled(id);

        List<IngestTry> tries = timelines(id).getFirst().tries();
        assertThat(tries)
                .extracting(IngestTry::node, IngestTry::outcome, IngestTry::reached)
                .containsExactly(
                        tuple("house", IngestTry.Outcome.READY, null),
                        tuple("killed", IngestTry.Outcome.LOST, Stage.CLEAN),
                        tuple("house", IngestTry.Outcome.READY, null));
        assertThat(tries.getLast().queuedAt()).isNull();
        assertThat(tries.get(1).endedAt()).isNotNull();
    }

    @Test
    void whatIsCancelledInMidWorkSaysSo() throws Exception {
        DocumentId id = inWork();
        assertThat(timelines(id).getFirst().tries().getFirst().outcome()).isNull();
        assertThat(house.library.cancel(house.admin, id)).isTrue();

        Timeline timeline = timelines(id).getFirst();
        assertThat(timeline.tries())
                .extracting(IngestTry::outcome)
                .containsExactly(IngestTry.Outcome.CANCELLED);
        assertThat(timeline.finishedAt()).isNotNull();
    }

    @Test
    void whatIsCancelledWhileAnotherNodeTakesItOverSaysSoOfThatNodesTry() throws Exception {
        DocumentId id = inWork();
        CompletableFuture<Boolean> cancelled =
                whileAnotherNodeTakesItOver(id, () -> house.library.cancel(house.admin, id));

        assertThat(cancelled.join()).isTrue();
        assertThat(timelines(id).getFirst().tries())
                .extracting(IngestTry::outcome)
                .containsExactly(IngestTry.Outcome.LOST, IngestTry.Outcome.CANCELLED);
    }

    @Test
    void oneOfTwoNodesThatTakeAVersionAtOnceHasLostIt() throws Exception {
        DocumentId id = inWork();
        UUID job = job(id);
        CompletableFuture<Optional<Versions.Work>> taken =
                whileAnotherNodeTakesItOver(id, () -> house.versions.take(job));

        assertThat(taken.join()).isPresent();
        assertThat(timelines(id).getFirst().tries())
                .extracting(IngestTry::node, IngestTry::outcome)
                .containsExactly(
                        tuple("house", IngestTry.Outcome.LOST),
                        tuple("other", IngestTry.Outcome.LOST),
                        tuple("house", null));
    }

    @Test
    void anOutageAllNightLeavesTheLastTwentyTries() throws Exception {
        DocumentId id = house.settled(upload("a.txt", "words")).id();
        house.run(
                "update document_version set status = 'failed', attempt = 40 where document_id = '%s'"
                        .formatted(id));
        house.run("update document set live_version = null where id = '%s'".formatted(id));
        house.run(
                """
                insert into ingest_try (document_id, version, attempt, node, outcome)
                select '%s', 1, n, 'n', 'postponed' from generate_series(2, 40) n
                """
                        .formatted(id));
        house.library.retry(house.admin, id);
        house.settled(id);

        Timeline timeline = timelines(id).getFirst();
        assertThat(timeline.tries()).hasSize(Timelines.KEPT);
        assertThat(timeline.tries().getFirst().attempt()).isEqualTo(22);
        assertThat(timeline.forgotten()).isTrue();
    }

    @Test
    void whoOnlyReadsTheDocumentSeesNoTimeline() throws Exception {
        DocumentId id = house.settled(upload("a.txt", "words")).id();
        var member = house.user("member");
        house.run(
                "insert into knowledge_base_reader (knowledge_base_id, user_id, role) values ('%s', '%s', 'reader')"
                        .formatted(base, member.id()));
        assertThat(house.library.document(house.access.everythingFor(member), id)).isPresent();
        assertThat(house.timelines.of(member, id)).isEmpty();

        house.run(
                "update knowledge_base_reader set role = 'editor' where user_id = '%s'"
                        .formatted(member.id()));
        assertThat(house.timelines.of(member, id)).isPresent();
        assertThat(house.timelines.of(house.admin, DocumentId.random())).isEmpty();
    }

    /// A document whose parser does not end.
    private DocumentId inWork() throws IOException, InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        house.parser =
                _ -> {
                    started.countDown();
                    new CountDownLatch(1).await();
                    throw new AssertionError();
                };
        DocumentId id = upload("slow.txt", "slow");
        started.await();
        return id;
    }

    private static UUID job(DocumentId id) {
        return house.db
                .sql("select job from document_version where document_id = :id")
                .param("id", id.value())
                .query(UUID.class)
                .single();
    }

    /// Begins the act when the other node's change is made and not yet committed.
    private static <T> CompletableFuture<T> whileAnotherNodeTakesItOver(
            DocumentId id, Supplier<T> act) throws Exception {
        try (Connection other = house.database.getConnection();
                Statement change = other.createStatement()) {
            other.setAutoCommit(false);
            change.execute(
                    "update document_version set attempt = 2 where document_id = '%s'"
                            .formatted(id));
            change.execute(
                    "update ingest_try set outcome = 'lost', ended_at = now() where document_id = '%s'"
                            .formatted(id));
            change.execute(
                    """
                    insert into ingest_try (document_id, version, attempt, node)
                    values ('%s', 1, 2, 'other')
                    """
                            .formatted(id));
            CompletableFuture<T> acted = CompletableFuture.supplyAsync(act);
            while (house.waitingForLocks() == 0) {
                Thread.sleep(10);
            }
            other.commit();
            return acted;
        }
    }

    private List<Timeline> timelines(DocumentId id) {
        return house.timelines.of(house.admin, id).orElseThrow();
    }

    /// The last stage is written down when readers have the document already.
    private void awaitPublished(DocumentId id) throws InterruptedException {
        while (timelines(id).getFirst().tries().getFirst().stages().size()
                < Stage.values().length) {
            Thread.sleep(10);
        }
    }

    private DocumentId upload(String name, String text) throws IOException {
        return house.library
                .upload(
                        house.admin,
                        base,
                        name,
                        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
                .id();
    }
}
