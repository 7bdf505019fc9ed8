package io.zhiwen.library;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhiwen.account.NoSuchKnowledgeBase;
import io.zhiwen.ingest.chunk.ChunkRules;
import io.zhiwen.ingest.chunk.ChunkRules.Tables;
import io.zhiwen.ingest.chunk.ChunkRules.Way;
import io.zhiwen.ingest.upload.DocumentId;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChunkingTest {

    private static final ChunkRules EACH_PARAGRAPH =
            new ChunkRules(Way.DELIMITER, null, 0, 2, "\\n\\n", Tables.PACKED);

    @TempDir Path folder;

    @Test
    void aBaseIsCutAnewWithoutParsingAndReadersFindTheOldPassagesUntilThen() throws Exception {
        try (var house = new LibraryHouse(folder)) {
            var parsed = new AtomicInteger();
            house.parser =
                    file -> {
                        parsed.incrementAndGet();
                        return LibraryHouse.paragraphs(file);
                    };
            var base = house.library.create(house.admin, "Rules").id();
            var bytes = new ByteArrayInputStream("One.\n\nTwo.\n\nThree.".getBytes(UTF_8));
            DocumentId id = house.library.upload(house.admin, base, "a.txt", bytes).id();
            assertThat(house.settled(id).chunks()).isEqualTo(1);

            assertThat(house.chunking.preview(house.admin, base, id, EACH_PARAGRAPH)).hasSize(3);
            assertThat(house.settled(id).version()).as("a preview changes nothing").isEqualTo(1);

            assertThat(house.chunking.apply(house.admin, base, EACH_PARAGRAPH)).isEqualTo(1);
            assertThat(house.library.document(house.everything(), id).orElseThrow().live())
                    .isTrue();
            DocumentRow after = house.settled(id);
            assertThat(after.version()).isEqualTo(2);
            assertThat(after.chunks()).isEqualTo(3);
            assertThat(after.mediaType()).isEqualTo("text/plain");
            assertThat(house.index.get(id).entries())
                    .extracting(entry -> entry.chunk().chunk().text())
                    .containsExactly("One.", "Two.", "Three.");
            assertThat(parsed).hasValue(1);

            var later = new ByteArrayInputStream("Four.\n\nFive.".getBytes(UTF_8));
            DocumentId next = house.library.upload(house.admin, base, "b.txt", later).id();
            assertThat(house.settled(next).chunks()).isEqualTo(2);

            house.chunking.apply(house.admin, base, ChunkRules.STANDARD);
            assertThat(List.of(house.settled(id).chunks(), house.settled(next).chunks()))
                    .containsExactly(1, 1);
            assertThat(house.chunking.of(house.admin, base)).isEqualTo(ChunkRules.STANDARD);
            assertThatThrownBy(() -> house.chunking.of(house.user("member"), base))
                    .isInstanceOf(NoSuchKnowledgeBase.class);
        }
    }

    @Test
    void whatStandsInLineIsNotTakenWithTheOldRulesWhileTheyAreBeingChanged() throws Exception {
        try (var house = new LibraryHouse(folder)) {
            var base = house.library.create(house.admin, "Rules").id();
            house.pauses.pause(house.admin, base, "The clock stands still.");
            var bytes = new ByteArrayInputStream("One.\n\nTwo.".getBytes(UTF_8));
            DocumentId id = house.library.upload(house.admin, base, "a.txt", bytes).id();
            UUID job =
                    house.db
                            .sql("select job from document_version where document_id = :id")
                            .param("id", id.value())
                            .query(UUID.class)
                            .single();
            try (Connection other = house.database.getConnection();
                    Statement stop = other.createStatement()) {
                other.setAutoCommit(false);
                stop.execute("lock table audit_event in exclusive mode");
                var applied =
                        CompletableFuture.supplyAsync(
                                () -> house.chunking.apply(house.admin, base, EACH_PARAGRAPH),
                                Thread::startVirtualThread);
                while (house.waitingForLocks() < 1) {
                    Thread.sleep(10);
                }
                var taken =
                        CompletableFuture.supplyAsync(
                                () -> house.versions.take(job), Thread::startVirtualThread);
                while (house.waitingForLocks() < 2 && !taken.isDone()) {
                    Thread.sleep(10);
                }
                other.commit();
                applied.join();
                assertThat(taken.join().orElseThrow().rules().chunks()).isEqualTo(EACH_PARAGRAPH);
            }
        }
    }
}
