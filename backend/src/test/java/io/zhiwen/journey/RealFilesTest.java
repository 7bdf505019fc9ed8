package io.zhiwen.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Real files of mixed formats through the REST door of the running product, and the questions that
/// came with them.
class RealFilesTest {

    /// Reading them takes some minutes.
    private static final boolean READS_SCANS = Boolean.getBoolean("zhiwen.scans");

    private static final Set<String> SCANS =
            Set.of("zh-scanned-book.pdf", "en-scanned-brochure.pdf");

    @TempDir static Path folder;
    private static @Nullable RunningProduct product;
    private static Rest rest;
    private static String base;
    private static Map<String, JsonNode> documents;

    @BeforeAll
    static void everyFileIsUploaded() throws IOException, InterruptedException {
        Path files = RunningProduct.sharedFiles();
        assumeTrue(files != null, "the folder of real files is absent");
        String program = READS_SCANS ? "auto" : "none";
        product =
                RunningProduct.start(
                        folder.resolve("data"), Map.of("ZHIWEN_PARSE_OCR_PROGRAM", program));
        rest = new Rest(product, product.newKey("real files"));
        base = rest.createBase("Real files");
        try (Stream<Path> listed = Files.list(files)) {
            for (Path file : listed.sorted().toList()) {
                String name = file.getFileName().toString();
                if (!name.equals("MANIFEST.tsv") && !name.equals("qa.jsonl")) {
                    rest.upload(base, name, Files.readAllBytes(file));
                }
            }
        }
        documents =
                rest.settled(base, Duration.ofMinutes(8)).stream()
                        .collect(Collectors.toMap(d -> d.get("name").asString(), d -> d));
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (product != null) {
            product.close();
        }
    }

    @Test
    void everyReadableFileBecomesReadyAndAScanSaysWhyNotWhenNothingReadsIt() {
        documents.forEach(
                (name, document) -> {
                    if (SCANS.contains(name) && !READS_SCANS) {
                        assertThat(document.get("status").asString()).as(name).isEqualTo("failed");
                        assertThat(document.get("reason").asString()).as(name).isNotBlank();
                    } else {
                        assertThat(document.get("status").asString())
                                .as("%s: %s", name, document)
                                .isEqualTo("ready");
                        assertThat(document.get("chunks").asInt()).as(name).isPositive();
                    }
                });
    }

    @Test
    void aQuestionFindsItsDocumentAmongTheFirstThreePassages() throws Exception {
        List<String> misses = new ArrayList<>();
        List<String> unanswered = new ArrayList<>();
        int asked = 0;
        int answered = 0;
        for (JsonNode question : questions()) {
            asked++;
            List<JsonNode> found = rest.search(base, question.get("question").asString(), 3);
            List<String> names =
                    found.stream().map(p -> p.get("document").get("name").asString()).toList();
            String answer = squeezed(question.get("answer").asString());
            if (found.stream().anyMatch(p -> squeezed(p.get("text").asString()).contains(answer))) {
                answered++;
            } else {
                unanswered.add("no answer inside: " + question.get("question") + " " + names);
            }
            if (!names.contains(question.get("file").asString())) {
                misses.add(
                        question.get("file").asString()
                                + ": "
                                + question.get("question")
                                + " -> "
                                + names);
            }
        }
        System.out.printf(
                "%d questions; right document among the first 3 passages: %d; answer inside them: %d%n",
                asked, asked - misses.size(), answered);
        misses.forEach(System.out::println);
        unanswered.forEach(System.out::println);
        assertThat(misses).hasSizeLessThanOrEqualTo(asked / 10);
        assertThat(100 * answered).isGreaterThanOrEqualTo(95 * asked);
    }

    @Test
    void everyAnswerCitesPassagesThatItsDocumentsHold() throws Exception {
        for (JsonNode question : questions().subList(0, 6)) {
            JsonNode answer = rest.ask(base, question.get("question").asString());
            assertThat(answer.get("answer").asString()).isNotBlank();
            assertThat(answer.get("engine").asString()).isEqualTo("extractive");
            for (JsonNode citation : answer.get("citations")) {
                assertThat(citation.get("text").asString()).isNotBlank();
                assertThat(documents).containsKey(citation.get("document").get("name").asString());
            }
        }
    }

    private static List<JsonNode> questions() throws IOException {
        List<JsonNode> questions = new ArrayList<>();
        for (String line : Files.readAllLines(RunningProduct.sharedFiles().resolve("qa.jsonl"))) {
            JsonNode question = JsonMapper.shared().readTree(line);
            if (READS_SCANS || !SCANS.contains(question.get("file").asString())) {
                questions.add(question);
            }
        }
        return questions;
    }

    private static String squeezed(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\s+", "")
                .replaceAll("(?<=\\d),(?=\\d{3})", ""); // 3,128 is shown where 3128 is stored
    }
}
