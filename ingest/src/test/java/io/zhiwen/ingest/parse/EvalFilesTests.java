package io.zhiwen.ingest.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.zhiwen.ingest.TableFidelity;
import io.zhiwen.ingest.chunk.Chunk;
import io.zhiwen.ingest.chunk.ChunkSettings;
import io.zhiwen.ingest.chunk.Chunker;
import io.zhiwen.ingest.clean.CleanDocument;
import io.zhiwen.ingest.clean.Cleaner;
import io.zhiwen.ingest.parse.UnreadableDocument.Reason;
import io.zhiwen.ingest.upload.BlobStore;
import io.zhiwen.ingest.upload.FolderBlobStore;
import io.zhiwen.ingest.upload.SourceFile;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Real files, and for each some question whose answer its text must still hold when chunked.
class EvalFilesTests {

    private static final Set<String> SCANNED =
            Set.of("zh-scanned-book.pdf", "en-scanned-brochure.pdf");

    /// Reading them takes a minute; what it gives has tests of its own.
    private static final ParseSettings WITHOUT_OCR = withoutOcr();

    @TempDir Path folder;

    @Test
    void everyReadableFileIsReadAndNoAnswerIsLost() throws Exception {
        Path files = Path.of(System.getProperty("zhiwen.shared", "absent"), "eval", "files");
        assumeTrue(Files.isDirectory(files));
        Map<String, List<String>> texts = new TreeMap<>();
        Map<String, Reason> unreadable = new TreeMap<>();
        Map<String, List<Block>> blocks = new TreeMap<>();
        BlobStore blobs = FolderBlobStore.open(folder.resolve("blobs"));
        Chunker chunker = new Chunker(ChunkSettings.defaults(), (_, text) -> Tokens.count(text));
        List<Path> documents;
        try (Stream<Path> all = Files.list(files)) {
            documents =
                    all.filter(f -> !f.toString().matches(".*\\.(jsonl|tsv)")).sorted().toList();
        }
        try (WorkerPool pool = new WorkerPool(WITHOUT_OCR, folder.resolve("tmp"))) {
            for (Path file : documents) {
                String name = file.getFileName().toString();
                try (InputStream in = Files.newInputStream(file)) {
                    var stored = blobs.put(in, Long.MAX_VALUE);
                    ParsedDocument parsed =
                            pool.parse(
                                    new SourceFile(
                                            name,
                                            stored.sha256(),
                                            stored.bytes(),
                                            blobs.local(stored.sha256()).path()));
                    assertThat(parsed.typeMismatch()).as(name).isFalse();
                    CleanDocument clean = Cleaner.clean(parsed);
                    blocks.put(name, clean.blocks());
                    texts.put(
                            name, chunker.chunk(clean).stream().map(EvalFilesTests::all).toList());
                } catch (UnreadableDocument e) {
                    unreadable.put(name, e.reason());
                }
            }
        }
        assertThat(unreadable.keySet()).isEqualTo(SCANNED);
        assertThat(unreadable.values()).allMatch(Reason.NO_TEXT_LAYER::equals);
        List<String> lost = new ArrayList<>();
        for (String line : Files.readAllLines(files.resolve("qa.jsonl"))) {
            JsonNode question = new JsonMapper().readTree(line);
            String name = question.get("file").asString();
            String answer = plain(question.get("answer").asString());
            boolean found =
                    texts.getOrDefault(name, List.of()).stream().anyMatch(t -> t.contains(answer));
            if (!SCANNED.contains(name) && !found) {
                lost.add(name + ": " + question.get("answer").asString());
            }
        }
        assertThat(lost).isEmpty();
        assertThat(cellsRight(blocks)).isGreaterThanOrEqualTo(0.95);
    }

    /// Of the tables that a person wrote down.
    private static double cellsRight(Map<String, List<Block>> blocks) throws Exception {
        Path folder = Path.of(EvalFilesTests.class.getResource("/tables").toURI());
        int right = 0;
        int cells = 0;
        for (TableFidelity.Expected table : TableFidelity.Expected.readAll(folder)) {
            var score = TableFidelity.of(table, blocks.getOrDefault(table.file(), List.of()));
            right += score.right();
            cells += score.cells();
        }
        return (double) right / cells;
    }

    private static String all(Chunk chunk) {
        return plain(chunk.text());
    }

    private static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC)
                .replaceAll("\\s+", "")
                .replaceAll("(?<=\\d),(?=\\d{3})", "") // 3,128 is shown where 3128 is stored
                .toLowerCase(Locale.ROOT);
    }

    private static ParseSettings withoutOcr() {
        ParseSettings defaults = ParseSettings.defaults();
        return new ParseSettings(
                defaults.workers(),
                defaults.heapMegabytes(),
                defaults.timeLimit(),
                defaults.maxChars(),
                defaults.documentsPerWorker(),
                defaults.idle(),
                new OcrSettings("none", Duration.ofSeconds(1), 0),
                defaults.office(),
                defaults.unpack());
    }
}
