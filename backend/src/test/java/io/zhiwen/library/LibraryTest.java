package io.zhiwen.library;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhiwen.account.BaseRole;
import io.zhiwen.account.Grantee;
import io.zhiwen.account.NoSuchKnowledgeBase;
import io.zhiwen.account.NotAllowed;
import io.zhiwen.account.Principal;
import io.zhiwen.ingest.parse.DocumentParser;
import io.zhiwen.ingest.parse.ParsedDocument;
import io.zhiwen.ingest.parse.PartSink;
import io.zhiwen.ingest.parse.UnreadableDocument;
import io.zhiwen.ingest.parse.UnreadableDocument.Reason;
import io.zhiwen.ingest.store.Reach;
import io.zhiwen.ingest.store.StoredChunk;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.ingest.upload.SourceFile;
import io.zhiwen.ingest.upload.UploadTooLarge;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryTest {

    @TempDir Path folder;

    private LibraryHouse house;
    private Library library;
    private Principal.User admin;
    private KnowledgeBaseId base;

    @BeforeEach
    void open() throws IOException {
        house = new LibraryHouse(folder);
        library = house.library;
        admin = house.admin;
        base = library.create(admin, "Handbook").id();
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void aJobWhoseEndWasNeverWrittenDownIsTakenAgain() throws Exception {
        UUID job = UUID.randomUUID();
        DocumentRow row = upload("held.txt", "Held by nobody.");
        house.settled(row.id());
        house.run(
                """
                update document_version set status = 'embedding', job = '%s'
                where document_id = '%s'
                """
                        .formatted(job, row.id()));
        house.run("update document set live_version = null where id = '%s'".formatted(row.id()));
        house.run(
                """
                insert into scheduled_tasks (task_name, task_instance, execution_time, picked,
                    picked_by, last_heartbeat, version)
                values ('ingest', '%s', now(), true, 'nobody', now() - interval '2 minutes', 1)
                """
                        .formatted(job));

        house.jobs.releaseWhatNobodyWorksOn();

        assertThat(house.settled(row.id()).status()).isEqualTo(Status.READY);
    }

    @Test
    void anUploadBecomesReadyAndFindable() throws Exception {
        DocumentRow row = upload("制度.txt", "第一章 总则\n\n员工每年有十天年假。");
        assertThat(row.status()).isNotEqualTo(Status.FAILED);
        assertThat(row.name()).isEqualTo("制度.txt");

        DocumentRow ready = house.settled(row.id());
        assertThat(ready.status()).isEqualTo(Status.READY);
        assertThat(ready.live()).isTrue();
        assertThat(ready.chunks()).isPositive();
        assertThat(ready.mediaType()).isEqualTo("text/plain");
        List<StoredChunk> chunks = library.chunks(house.everything(), row.id(), 1);
        assertThat(chunks).hasSize(ready.chunks());
        assertThat(library.content(house.everything(), row.id(), 1).orElseThrow().text())
                .contains("十天年假");
        assertThat(house.index.get(row.id()).entries()).hasSize(ready.chunks());
        assertThat(library.base(house.everything(), base).orElseThrow().ready()).isEqualTo(1);
        assertThat(house.count("select count(*) from scheduled_tasks where task_name = 'ingest'"))
                .isZero();
    }

    @Test
    void theSameContentThreeTimesAtOnceIsOneDocumentOneJobAndOneAuditRow() throws Exception {
        CountDownLatch parse = new CountDownLatch(1);
        house.parser =
                file -> {
                    parse.await();
                    return LibraryHouse.paragraphs(file);
                };
        Callable<DocumentRow> upload = () -> upload("a.txt", "the same words");
        try (var threads = Executors.newFixedThreadPool(3)) {
            var rows = threads.invokeAll(List.of(upload, upload, upload));
            DocumentId first = rows.getFirst().get().id();
            for (var row : rows) {
                assertThat(row.get().id()).isEqualTo(first);
            }
            assertThat(count("scheduled_tasks where task_name = 'ingest'")).isEqualTo(1);
            parse.countDown();
            house.settled(first);
        }
        assertThat(count("document")).isEqualTo(1);
        assertThat(count("audit_event where action = 'document.upload'")).isEqualTo(1);
    }

    @Test
    void theSameContentInAnotherBaseIsAnotherDocument() throws Exception {
        KnowledgeBaseId other = library.create(admin, "Other").id();
        DocumentRow here = upload("a.txt", "shared words");
        DocumentRow there = library.upload(admin, other, "a.txt", bytes("shared words"));
        assertThat(there.id()).isNotEqualTo(here.id());
        house.settled(here.id());
        house.settled(there.id());

        library.delete(admin, here.id());
        house.purge.run();
        Original original = original(there.id());
        assertThat(library.bytesOf(original).getContentAsString(UTF_8)).isEqualTo("shared words");
        library.delete(admin, there.id());
        house.purge.run();
        assertThat(house.blobs.contains(original.sha256())).isFalse();
        assertThat(count("document")).isZero();
        assertThat(count("chunk")).isZero();
    }

    @Test
    void anEmptyFileSaysSoOnItsRow() throws Exception {
        DocumentRow row = upload("empty.txt", "");
        assertThat(row.status()).isEqualTo(Status.FAILED);
        assertThat(row.reasonCode()).isEqualTo("EMPTY");
        assertThat(library.retry(admin, row.id())).isFalse();
    }

    @Test
    void aFileThatIsTooLargeLeavesNothing() throws Exception {
        InputStream large = new ByteArrayInputStream(new byte[(int) LibraryHouse.LARGEST + 1]);
        assertThatThrownBy(() -> library.upload(admin, base, "large.bin", large))
                .isInstanceOf(UploadTooLarge.class);
        assertThat(count("document")).isZero();
        try (var files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void howManyPagesOfALongFileAreReadIsToldWhileItIsAndForgottenWithTheAttempt()
            throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        house.parser =
                new DocumentParser() {
                    @Override
                    public ParsedDocument parse(SourceFile file) throws UnreadableDocument {
                        return LibraryHouse.paragraphs(file);
                    }

                    @Override
                    public ParsedDocument parse(SourceFile file, PartSink to)
                            throws UnreadableDocument, InterruptedException {
                        to.read(300, 1500);
                        read.countDown();
                        goOn.await();
                        return parse(file);
                    }
                };
        DocumentId id = upload("long.pdf", "very long").id();
        read.await();
        DocumentRow row = library.document(house.everything(), id).orElseThrow();
        assertThat(row.status()).isEqualTo(Status.PARSING);
        assertThat(row.progressDone()).isEqualTo(300);
        assertThat(row.progressTotal()).isEqualTo(1500);
        goOn.countDown();
        assertThat(house.settled(id).progressTotal()).isEqualTo(1);
    }

    @Test
    void aFileThatCannotBeReadSaysWhyAndIsNotTriedAgainByItself() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        house.parser =
                _ -> {
                    tries.incrementAndGet();
                    return LibraryHouse.refuse(Reason.ENCRYPTED);
                };
        DocumentRow row = house.settled(upload("a.pdf", "secret").id());
        assertThat(row.status()).isEqualTo(Status.FAILED);
        assertThat(row.reasonCode()).isEqualTo("ENCRYPTED");
        assertThat(row.reasonDetail()).isEqualTo("said the test");
        assertThat(row.live()).isFalse();
        assertThat(tries).hasValue(1);

        house.parser = LibraryHouse::paragraphs;
        assertThat(library.retry(admin, row.id())).isTrue();
        assertThat(library.retry(admin, row.id())).isFalse();
        assertThat(house.settled(row.id()).status()).isEqualTo(Status.READY);
    }

    @Test
    void aFailureThatMayPassIsTriedThreeTimesAndHoldsUpNobody() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        house.parser =
                file -> {
                    if (!file.name().equals("poison.pdf")) {
                        return LibraryHouse.paragraphs(file);
                    }
                    tries.incrementAndGet();
                    return LibraryHouse.refuse(Reason.CRASHED);
                };
        DocumentRow poison = upload("poison.pdf", "poison");
        DocumentRow good = upload("good.txt", "good");
        assertThat(house.settled(good.id()).status()).isEqualTo(Status.READY);
        assertThat(house.settled(poison.id()).reasonCode()).isEqualTo("CRASHED");
        assertThat(tries).hasValue(3);
    }

    @Test
    void anUnforeseenExceptionIsAFailureToo() throws Exception {
        house.parser =
                _ -> {
                    throw new IllegalStateException("boom");
                };
        DocumentRow row = house.settled(upload("a.txt", "a").id());
        assertThat(row.reasonCode()).isEqualTo("INTERNAL");
        assertThat(row.reasonDetail()).contains("boom");
    }

    @Test
    void cancellingInterruptsTheParserAndARetryGoesThrough() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        CountDownLatch over = new CountDownLatch(1);
        house.parser =
                _ -> {
                    started.countDown();
                    try {
                        new CountDownLatch(1).await();
                        throw new AssertionError();
                    } catch (InterruptedException e) {
                        interrupted.set(true);
                        over.countDown();
                        throw e;
                    }
                };
        DocumentRow row = upload("slow.pdf", "slow");
        started.await();
        assertThat(library.document(house.everything(), row.id()).orElseThrow().status())
                .isEqualTo(Status.PARSING);
        assertThat(library.cancel(admin, row.id())).isTrue();
        over.await();
        DocumentRow cancelled = house.settled(row.id());
        assertThat(cancelled.reasonCode()).isEqualTo("CANCELLED");
        assertThat(library.cancel(admin, row.id())).isFalse();

        house.parser = LibraryHouse::paragraphs;
        assertThat(library.retry(admin, row.id())).isTrue();
        assertThat(house.settled(row.id()).status()).isEqualTo(Status.READY);
    }

    @Test
    void theOldVersionStaysUntilTheNewOneIsReady() throws Exception {
        DocumentId id = house.settled(upload("v1.txt", "old words").id()).id();
        CountDownLatch parse = new CountDownLatch(1);
        house.parser =
                file -> {
                    parse.await();
                    return LibraryHouse.paragraphs(file);
                };
        DocumentRow replacing = library.replace(admin, id, "v2.txt", bytes("new words"));
        assertThat(replacing.version()).isEqualTo(2);
        assertThat(replacing.live()).isTrue();
        assertThat(replacing.name()).isEqualTo("v1.txt");
        assertThat(library.chunks(house.everything(), id, 1)).hasSize(1);
        parse.countDown();

        DocumentRow replaced = house.settled(id);
        assertThat(replaced.name()).isEqualTo("v2.txt");
        assertThat(library.chunks(house.everything(), id, 1)).isEmpty();
        assertThat(library.chunks(house.everything(), id, 2))
                .extracting(chunk -> chunk.chunk().text())
                .containsExactly("new words");
        assertThat(library.content(house.everything(), id, 1).orElseThrow().text())
                .isEqualTo("old words");
        assertThat(house.index.get(id).entries()).hasSize(1);
        house.purge.run();
        assertThat(count("chunk")).isEqualTo(1);
        assertThat(library.bytesOf(original(id)).getContentAsString(UTF_8)).isEqualTo("old words");
    }

    @Test
    void aReplacementThatFailsLeavesTheOldVersionLive() throws Exception {
        DocumentId id = house.settled(upload("v1.txt", "old words").id()).id();
        house.parser = _ -> LibraryHouse.refuse(Reason.CORRUPT);
        library.replace(admin, id, "v2.txt", bytes("broken"));
        DocumentRow row = house.settled(id);
        assertThat(row.status()).isEqualTo(Status.FAILED);
        assertThat(row.live()).isTrue();
        assertThat(library.chunks(house.everything(), id, 1)).hasSize(1);
    }

    @Test
    void whatIsDeletedIsGoneAtOnceAlsoInMidWork() throws Exception {
        DocumentId ready = house.settled(upload("a.txt", "gone soon").id()).id();
        List<Long> chunkIds =
                library.chunks(house.everything(), ready, 1).stream().map(StoredChunk::id).toList();
        assertThat(library.delete(admin, ready)).isTrue();
        assertThat(library.delete(admin, ready)).isFalse();
        assertThat(library.document(house.everything(), ready)).isEmpty();
        assertThat(library.content(house.everything(), ready, 1)).isEmpty();
        assertThat(library.original(house.everything(), ready, 1)).isEmpty();
        assertThat(house.chunks.live(chunkIds, Reach.of(base))).isEmpty();
        house.awaitIndex();
        assertThat(house.index).doesNotContainKey(ready);

        CountDownLatch started = new CountDownLatch(1);
        house.parser =
                _ -> {
                    started.countDown();
                    new CountDownLatch(1).await();
                    throw new AssertionError();
                };
        DocumentId busy = upload("b.txt", "never").id();
        started.await();
        assertThat(library.delete(admin, busy)).isTrue();
        house.parser = LibraryHouse::paragraphs;
        assertThat(house.settled(upload("b.txt", "never").id()).id()).isNotEqualTo(busy);
    }

    @Test
    void aDeletedBaseTakesItsDocumentsWithIt() throws Exception {
        DocumentId id = house.settled(upload("a.txt", "words").id()).id();
        library.delete(admin, base);
        assertThat(library.bases(house.everything())).isEmpty();
        assertThat(library.document(house.everything(), id)).isEmpty();
        house.awaitIndex();
        assertThat(house.index).isEmpty();
        assertThatThrownBy(() -> upload("b.txt", "more")).isInstanceOf(NoSuchKnowledgeBase.class);
        house.purge.run();
        assertThat(count("knowledge_base") + count("document") + count("chunk")).isZero();
    }

    @Test
    void whoMayNotSeeABaseIsToldThatItIsNotThere() throws Exception {
        DocumentId id = house.settled(upload("a.txt", "words").id()).id();
        Principal.User stranger = house.user("member");
        var nothing = house.access.everythingFor(stranger);
        assertThat(library.bases(nothing)).isEmpty();
        assertThat(library.base(nothing, base)).isEmpty();
        assertThat(library.documents(nothing, base, null, 10).items()).isEmpty();
        assertThat(library.document(nothing, id)).isEmpty();
        assertThat(library.content(nothing, id, 1)).isEmpty();
        assertThat(library.chunks(nothing, id, 1)).isEmpty();
        assertThat(library.original(nothing, id, 1)).isEmpty();
        assertThat(library.delete(stranger, id)).isFalse();
        assertThat(library.retry(stranger, id)).isFalse();
        assertThat(library.cancel(stranger, id)).isFalse();
        assertThatThrownBy(() -> library.upload(stranger, base, "x", bytes("x")))
                .isInstanceOf(NoSuchKnowledgeBase.class);
        assertThatThrownBy(() -> library.replace(stranger, id, "x", bytes("x")))
                .isInstanceOf(NoSuchDocument.class);
        assertThatThrownBy(() -> library.delete(stranger, base))
                .isInstanceOf(NoSuchKnowledgeBase.class);
    }

    @Test
    void aReaderReadsAndALimitedKeyUploadsButNeitherDeletes() throws Exception {
        DocumentId id = house.settled(upload("a.txt", "words").id()).id();
        Principal.User reader = house.user("member");
        house.db
                .sql("insert into knowledge_base_reader values (:base, :user)")
                .param("base", base.value())
                .param("user", reader.id())
                .update();
        Principal.Key key = house.key(base.value());
        assertThat(library.document(house.access.everythingFor(reader), id)).isPresent();
        assertThatThrownBy(() -> library.upload(reader, base, "b.txt", bytes("b")))
                .isInstanceOf(NotAllowed.class);
        assertThat(library.upload(key, base, "b.txt", bytes("b")).uploadedBy())
                .isEqualTo("key:portal");
        for (Principal one : List.of(reader, key)) {
            assertThatThrownBy(() -> library.delete(one, id)).isInstanceOf(NotAllowed.class);
            assertThatThrownBy(() -> library.delete(one, base)).isInstanceOf(NotAllowed.class);
            assertThatThrownBy(() -> library.rename(one, base, "x")).isInstanceOf(NotAllowed.class);
            assertThatThrownBy(() -> library.create(one, "x")).isInstanceOf(NotAllowed.class);
        }
    }

    @Test
    void pagesShowEveryDocumentOnceWhileOthersComeIn() throws Exception {
        List<DocumentId> uploaded = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            uploaded.addFirst(upload(i + ".txt", "words " + i).id());
        }
        List<DocumentId> seen = new ArrayList<>();
        DocumentPage page = library.documents(house.everything(), base, null, 3);
        while (true) {
            page.items().forEach(row -> seen.add(row.id()));
            String next = page.nextCursor();
            if (next == null) {
                break;
            }
            upload("more" + seen.size() + ".txt", "more " + seen.size());
            page = library.documents(house.everything(), base, next, 3);
        }
        assertThat(seen).containsExactlyElementsOf(uploaded);
        assertThatThrownBy(() -> library.documents(house.everything(), base, "rubbish", 3))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFileNameIsDataOnly() throws Exception {
        String hostile = "../../etc/\u202Egnp.\r\nX: y\0\u0007.txt";
        DocumentRow row = upload(hostile, "words");
        assertThat(row.name()).isEqualTo("gnp.X: y.txt");
        assertThat(upload("\u0000", "other words").name()).isEqualTo("unnamed");
        assertThat(house.blobs.local(original(row.id()).sha256()).path()).startsWith(folder);
    }

    @Test
    void onlyPlainTextAndPdfThatAreWhatTheySayAreShownInline() throws Exception {
        DocumentRow row = house.settled(upload("a.txt", "words").id());
        assertThat(library.original(house.everything(), row.id(), 1).orElseThrow().inlineSafe())
                .isTrue();
        for (String unsafe : List.of("'text/html', false", "'application/pdf', true")) {
            house.db
                    .sql(
                            "update document_version set (media_type, type_mismatch) = ("
                                    + unsafe
                                    + ")")
                    .update();
            assertThat(library.original(house.everything(), row.id(), 1).orElseThrow().inlineSafe())
                    .isFalse();
        }
    }

    @Test
    void everyChangeLeavesOneAuditRow() throws Exception {
        long before = count("audit_event");
        library.rename(admin, base, "Renamed");
        DocumentId id = house.settled(upload("a.txt", "a").id()).id();
        library.replace(admin, id, "b.txt", bytes("b"));
        house.settled(id);
        library.delete(admin, id);
        library.delete(admin, base);
        assertThat(count("audit_event") - before).isEqualTo(5);
    }

    @Test
    void theSampleSpeaksBothLanguagesAndLoadsOnce() throws Exception {
        KnowledgeBase sample = library.loadSample(admin);
        assertThat(library.loadSample(admin).id()).isEqualTo(sample.id());
        var rows = library.documents(house.everything(), sample.id(), null, 10).items();
        assertThat(rows)
                .hasSize(4)
                .extracting(DocumentRow::name)
                .contains("知问入门.md", "Using Zhiwen.md");
        for (DocumentRow row : rows) {
            assertThat(house.settled(row.id()).status()).isEqualTo(Status.READY);
        }
    }

    private Original original(DocumentId id) {
        return library.original(house.everything(), id, 1).orElseThrow();
    }

    @Test
    void aTableShowsAFolderOrSearchesAllBelowIt() throws Exception {
        var rules = house.folders.create(admin, base, null, "Rules");
        var year = house.folders.create(admin, base, rules, "2026");
        upload("leave.txt", "annual leave");
        var inYear = library.upload(admin, base, year, "leave 2026.txt", bytes("leave of 2026"));
        var inRules = library.upload(admin, base, rules, "Bills.txt", bytes("how bills are paid"));

        assertThat(names(listing(null, "", "", Listing.Order.NAME))).containsExactly("leave.txt");
        assertThat(names(listing(rules, "", "", Listing.Order.NAME))).containsExactly("Bills.txt");
        assertThat(names(listing(null, "LEAVE", "", Listing.Order.NAME)))
                .containsExactly("leave 2026.txt", "leave.txt");
        assertThat(names(listing(rules, "l", "", Listing.Order.NAME)))
                .containsExactly("Bills.txt", "leave 2026.txt");

        house.filing.tag(admin, base, List.of(inYear.id(), inRules.id()), "HR");
        assertThat(names(listing(year, "", "HR", Listing.Order.NAME)))
                .containsExactly("leave 2026.txt");
        assertThat(house.table.tags(house.everything(), base)).containsExactly("HR");
        assertThat(house.filing.untag(admin, base, List.of(inYear.id()), "HR")).isEqualTo(1);

        assertThat(house.filing.move(admin, base, List.of(inYear.id()), null)).isEqualTo(1);
        assertThat(names(listing(null, "", "", Listing.Order.NAME)))
                .containsExactly("leave 2026.txt", "leave.txt");
        assertThat(house.folders.all(house.everything(), base))
                .extracting(Folder::path, Folder::documents)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(List.of("Rules"), 1L),
                        org.assertj.core.groups.Tuple.tuple(List.of("Rules", "2026"), 0L));
    }

    @Test
    void foldersMoveWithAllInThemNeverIntoThemselvesAndGoWithTheirDocuments() throws Exception {
        var a = house.folders.create(admin, base, null, "A");
        var b = house.folders.create(admin, base, a, "B");
        var document = library.upload(admin, base, b, "x.txt", bytes("in B"));

        assertThatThrownBy(() -> house.folders.move(admin, a, b))
                .isInstanceOfSatisfying(
                        FolderRefused.class, e -> assertThat(e.code()).isEqualTo("into_itself"));
        assertThatThrownBy(() -> house.folders.create(admin, base, null, "a"))
                .isInstanceOfSatisfying(
                        FolderRefused.class, e -> assertThat(e.code()).isEqualTo("name_taken"));
        house.folders.move(admin, b, null);
        house.folders.rename(admin, b, "Bills");
        assertThat(house.folders.all(house.everything(), base))
                .extracting(Folder::name)
                .containsExactly("A", "Bills");

        house.folders.delete(admin, b);
        assertThat(library.document(house.everything(), document.id())).isEmpty();
        assertThat(house.folders.one(house.everything(), b)).isEmpty();
    }

    @Test
    void whatIsClosedIsThereForNobodyButThoseItNames() throws Exception {
        var reader = house.user("member");
        var named = house.user("member");
        grant(reader, BaseRole.READER);
        grant(named, BaseRole.READER);
        var hr = house.folders.create(admin, base, null, "HR");
        var pay = house.folders.create(admin, base, hr, "Pay");
        upload("open.txt", "open to all");
        var canary = library.upload(admin, base, pay, "canary.txt", bytes("the canary sings"));
        house.settled(canary.id());
        var place = new Place.InFolder(hr);

        house.places.guard(admin, place, true);
        house.places.give(admin, place, new Grantee.Person(named.id()), BaseRole.READER);

        assertThat(seen(reader)).containsExactly("open.txt");
        assertThat(seen(named)).containsExactly("canary.txt", "open.txt");
        assertThat(seen(admin)).containsExactly("canary.txt", "open.txt");
        var scope = house.access.everythingFor(reader);
        assertThat(library.document(scope, canary.id())).isEmpty();
        assertThat(library.chunks(scope, canary.id(), 1)).isEmpty();
        assertThat(library.content(scope, canary.id(), 1)).isEmpty();
        assertThat(library.original(scope, canary.id(), 1)).isEmpty();
        assertThat(library.base(scope, base).orElseThrow().documents()).isEqualTo(1);
        assertThat(house.folders.all(scope, base)).isEmpty();
        assertThat(house.access.readable(scope, List.of(canary.id()))).isEmpty();
        var chunk = library.chunks(house.everything(), canary.id(), 1).getFirst().id();
        assertThat(house.chunks.live(List.of(chunk), scope.reach())).isEmpty();
        assertThat(house.chunks.live(List.of(chunk), house.access.everythingFor(named).reach()))
                .hasSize(1);
        assertThat(house.access.everythingFor(named).covers(scope)).isTrue();
        assertThat(scope.covers(house.access.everythingFor(named))).isFalse();

        grant(reader, BaseRole.EDITOR);
        assertThatThrownBy(() -> house.folders.delete(reader, pay))
                .isInstanceOf(NoSuchFolder.class);
        var again = library.upload(reader, base, "again.txt", bytes("the canary sings"));
        assertThat(again.id())
                .as("nobody learns that it is here already")
                .isNotEqualTo(canary.id());
        library.delete(admin, again.id());

        house.folders.move(admin, pay, null);
        assertThat(seen(reader)).contains("canary.txt");
        house.folders.move(admin, pay, hr);
        assertThat(seen(reader)).doesNotContain("canary.txt");
        house.filing.move(admin, base, List.of(canary.id()), null);
        assertThat(seen(reader)).contains("canary.txt");

        house.places.guard(admin, new Place.InDocument(canary.id()), true);
        assertThat(seen(reader)).doesNotContain("canary.txt");
        house.places.unguard(admin, new Place.InDocument(canary.id()));
        assertThat(seen(reader)).contains("canary.txt");
    }

    private void grant(Principal.User user, BaseRole role) {
        house.db
                .sql(
                        """
                        insert into knowledge_base_reader (knowledge_base_id, user_id, role)
                        values (:base, :user, :role)
                        on conflict (knowledge_base_id, user_id) do update set role = excluded.role
                        """)
                .param("base", base.value())
                .param("user", user.id())
                .param("role", role.word())
                .update();
    }

    /// By name, in the list and by the table's search.
    private List<String> seen(Principal.User user) {
        var scope = house.access.everythingFor(user);
        var listed =
                library.documents(scope, base, null, 100).items().stream()
                        .map(DocumentRow::name)
                        .sorted()
                        .toList();
        var searched = house.table.page(scope, base, listing(null, ".txt", "", Listing.Order.NAME));
        assertThat(searched.rows()).extracting(DocumentRow::name).isEqualTo(listed);
        assertThat(searched.total()).isEqualTo(listed.size());
        return listed;
    }

    private List<String> names(Listing listing) {
        return house.table.page(house.everything(), base, listing).rows().stream()
                .map(DocumentRow::name)
                .toList();
    }

    private static Listing listing(FolderId folder, String words, String tag, Listing.Order by) {
        return new Listing(folder, words, tag, null, by, false, 1, 10);
    }

    private DocumentRow upload(String name, String text) throws IOException {
        return library.upload(admin, base, name, bytes(text));
    }

    private long count(String what) {
        return house.count("select count(*) from " + what);
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }
}
