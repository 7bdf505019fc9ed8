package io.zhiwen.ask.table;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.zhiwen.account.Scope;
import io.zhiwen.account.Scopes;
import io.zhiwen.ingest.clean.Cleaner;
import io.zhiwen.ingest.parse.ParseSettings;
import io.zhiwen.ingest.parse.WorkerPool;
import io.zhiwen.ingest.upload.BlobStore;
import io.zhiwen.ingest.upload.FolderBlobStore;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.ingest.upload.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// How sure the computing is, on the tables of real files: questions a person wrote to them, and
/// ordinary questions that none of them answers. Takes minutes; `-Dzhiwen.computed=true` runs it.
class ComputedQuestionsTest {

    private static final int OF_A_SET = 500;
    private static final List<String> SETS = List.of("squad-dev", "cmrc-dev", "drcd-dev");

    @TempDir static Path folder;
    private static Path eval;
    private static TableHouse house;
    private static Scope scope;

    @BeforeAll
    static void readTheFiles() throws Exception {
        assumeTrue(Boolean.getBoolean("zhiwen.computed"), "runs by -Dzhiwen.computed=true");
        eval = Path.of(System.getProperty("zhiwen.shared", "../shared"), "eval");
        assumeTrue(Files.isDirectory(eval.resolve("files")));
        house = new TableHouse();
        KnowledgeBaseId base = house.base();
        scope = Scopes.of(base);
        BlobStore blobs = FolderBlobStore.open(folder.resolve("blobs"));
        try (WorkerPool pool = new WorkerPool(ParseSettings.defaults(), folder.resolve("tmp"));
                Stream<Path> files = Files.list(eval.resolve("files"))) {
            for (Path file :
                    files.filter(f -> f.toString().matches(".*\\.(xlsx|csv|docx|html|pdf|md)"))
                            .filter(f -> !f.toString().contains("scanned"))
                            .sorted()
                            .toList()) {
                String name = file.getFileName().toString();
                try (InputStream in = Files.newInputStream(file)) {
                    var stored = blobs.put(in, Long.MAX_VALUE);
                    var local = blobs.local(stored.sha256()).path();
                    var source = new SourceFile(name, stored.sha256(), stored.bytes(), local);
                    house.document(base, name, Cleaner.clean(pool.parse(source)).blocks());
                }
            }
        }
    }

    @Test
    void whatIsComputedIsRight() throws Exception {
        List<String> wrong = new ArrayList<>();
        int right = 0;
        int none = 0;
        for (String line : written()) {
            String[] parts = line.split("\t");
            String answer = house.answer(scope, parts[0]);
            if (answer.isEmpty() && parts[1].equals("-")) {
                right++;
            } else if (answer.isEmpty()) {
                none++;
                System.out.println("not computed: " + parts[0]);
            } else if (!parts[1].equals("-") && answer.contains(parts[1])) {
                right++;
            } else {
                wrong.add(line + " -> " + answer);
            }
        }
        System.out.printf("right %d, not computed %d, wrong %d%n", right, none, wrong.size());
        assertThat(wrong).isEmpty();
    }

    @Test
    void ordinaryQuestionsAreLeftAlone() throws Exception {
        List<String> taken = new ArrayList<>();
        int asked = 0;
        for (String set : SETS) {
            for (String line : some(eval.resolve(set).resolve("queries.jsonl"))) {
                String question = new JsonMapper().readTree(line).path("text").asString();
                asked++;
                String answer = house.answer(scope, question);
                if (!answer.isEmpty()) {
                    taken.add(question + " -> " + answer);
                }
            }
        }
        for (String line : Files.readAllLines(eval.resolve("files/qa.jsonl"))) {
            String question = new JsonMapper().readTree(line).path("question").asString();
            asked++;
            String answer = house.answer(scope, question);
            if (!answer.isEmpty()) {
                taken.add(question + " -> " + answer);
            }
        }
        System.out.printf("ordinary questions %d, computed %d%n", asked, taken.size());
        assertThat(taken).isEmpty();
    }

    private static List<String> some(Path queries) throws IOException {
        try (Stream<String> lines = Files.lines(queries)) {
            return lines.limit(OF_A_SET).toList();
        }
    }

    /// A question a line, behind it what its answer says, or `-` where nothing is to be computed.
    private static List<String> written() throws IOException {
        try (InputStream in =
                ComputedQuestionsTest.class.getResourceAsStream("computed-questions.tsv")) {
            assertThat(in).isNotNull();
            return new String(in.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
        }
    }
}
