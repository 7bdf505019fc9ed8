package io.zhiwen.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The command with the real encoders over a small set of its own.
class EvaluateCommandTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void aSetOfFourDocuments() throws IOException {
        write(
                "corpus.jsonl",
                """
                {"id":"leave","title":"年假制度","text":"员工工作满一年，每年享受五天带薪年假；满十年的，每年十天。"}
                {"id":"travel","title":"差旅制度","text":"国内出差住宿标准为每晚六百元，超出部分自理。"}
                {"id":"pump","title":"Pump P-200","text":"# Maintenance\\n\\nThe seal of pump P-200 is replaced every 4,000 hours.\\n\\n# Safety\\n\\nClose valve V-7 first."}
                {"id":"cafe","title":"","text":"The canteen opens at half past eleven and serves soup."}
                """);
        write(
                "queries.jsonl",
                """
                {"id":"q1","text":"工作十年有几天年假？","answers":["十天"],"answerable":true}
                {"id":"q2","text":"When is the seal of P200 replaced?","answers":["4,000 hours"],"answerable":true,"evidence":["The seal of pump P-200 is replaced every 4,000 hours."]}
                {"id":"q3","text":"How high is Mount Everest?","answers":[],"answerable":false}
                """);
        write("qrels.tsv", "query-id\tdoc-id\trelevance\nq1\tleave\t1\nq2\tpump\t1\nq3\tcafe\t0\n");
    }

    @Test
    void theFiguresOfEveryPartArePrintedAndWrittenAndTheSameTwice() throws IOException {
        Path first = folder.resolve("first.json");
        Path second = folder.resolve("second.json");

        assertThat(run("--json", first.toString(), folder.toString())).isZero();
        assertThat(run("--json", second.toString(), folder.toString())).isZero();

        JsonNode report = JSON.readTree(Files.readString(first));
        JsonNode profiles = report.get("profiles");
        assertThat(profiles.propertyNames())
                .contains("bm25", "vector", "rrf", "default without rerank", "default");
        assertThat(profiles.get("default").get("hit@1").asDouble()).isEqualTo(1);
        assertThat(profiles.get("default").get("questions").asInt()).isEqualTo(2);
        assertThat(profiles.get("bm25").propertyNames())
                .contains(
                        "hit@1", "recall@5", "recall@10", "mrr@10", "ndcg@10", "p50_ms", "p95_ms");
        assertThat(report.get("refusal")).hasSize(51);
        assertThat(report.get("refuses_at").get("false_answers").asDouble()).isZero();
        assertThat(report.get("evidence@3000").asDouble()).isEqualTo(1);
        assertThat(figures(report)).isEqualTo(figures(JSON.readTree(Files.readString(second))));
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("| default | 2 | 1.000 |", "| rerank |", "(the default)");
    }

    @Test
    void aFitIsWrittenAndRelevanceReckonedByIt() throws IOException {
        Path fit = folder.resolve("fit.json");
        assertThat(run("--fit", fit.toString(), folder.toString())).isZero();
        String printed = out.toString(StandardCharsets.UTF_8);
        assertThat(printed)
                .contains("Expected calibration error", "by cosine", "As it was (bundled)");
        String written = Files.readString(fit);
        assertThat(written).contains("(3 questions)").contains("\"keyword_share\"");

        Files.writeString(fit, written.replaceAll("\"constant\" : [^,]+", "\"constant\" : -900"));
        Path json = folder.resolve("by-fit.json");
        assertThat(
                        run(
                                "--calibration",
                                fit.toString(),
                                "--json",
                                json.toString(),
                                folder.toString()))
                .isZero();
        JsonNode report = JSON.readTree(Files.readString(json));
        assertThat(report.get("refuses_at").get("false_refusals").asDouble()).isEqualTo(1);
        assertThat(report.get("reliability").get("bins")).hasSize(1);

        Files.writeString(fit, "{}");
        assertThat(run("--calibration", fit.toString(), folder.toString())).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("is not one that ./run evaluate");
    }

    @Test
    void answersGivenWithoutAModelAreHeldAgainstThoseTheSetNames() throws IOException {
        write(
                "queries.jsonl",
                """
                {"id":"q1","text":"工作十年有几天年假？","answers":["十天"],"answerable":true}
                {"id":"q2","text":"When is the seal of P200 replaced?","answers":["twice a year"],"answerable":true}
                {"id":"q3","text":"How high is Mount Everest?","answers":[],"answerable":false}
                """);
        Path json = folder.resolve("answers.json");

        assertThat(run("--answers", "--json", json.toString(), folder.toString())).isZero();

        JsonNode report = JSON.readTree(Files.readString(json)).get(0);
        for (String part : List.of("given", "retrieved", "retrieved, the right one among them")) {
            assertThat(report.get(part).get("questions").asInt()).isEqualTo(2);
            assertThat(report.get(part).get("best").asDouble()).isEqualTo(0.5);
            assertThat(report.get(part).get("shown").asDouble()).isEqualTo(0.5);
            assertThat(report.get(part).get("refused").asDouble()).isZero();
        }
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("| given | 2 | 0.500 | 0.500 | 0.000 |");
    }

    @Test
    void aFolderOfSetsGivesAnArrayAndALimitTakesTheFirstQuestions() throws IOException {
        Path sets = Files.createDirectories(folder.resolve("sets"));
        for (String name : List.of("a", "b")) {
            Path set = Files.createDirectories(sets.resolve(name));
            for (String file : List.of("corpus.jsonl", "queries.jsonl", "qrels.tsv")) {
                Files.copy(folder.resolve(file), set.resolve(file));
            }
        }
        Path json = folder.resolve("two.json");

        assertThat(run("--limit", "1", "--json", json.toString(), sets.toString())).isZero();

        JsonNode reports = JSON.readTree(Files.readString(json));
        assertThat(reports.isArray()).isTrue();
        assertThat(StreamSupport.stream(reports.spliterator(), false))
                .extracting(report -> report.get("set").asString())
                .containsExactly("a", "b");
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("4 documents, 1 questions");
    }

    @Test
    void aLineThatCannotBeUsedIsNamed() throws IOException {
        write("queries.jsonl", "{\"id\":\"q1\",\"text\":\"who?\"}\nnot json\n");

        assertThat(run(folder.toString())).isEqualTo(1);

        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("queries.jsonl, line 2: not a line of JSON");
    }

    @Test
    void aJudgmentOfAnUnknownDocumentIsNamed() throws IOException {
        write("qrels.tsv", "query-id\tdoc-id\trelevance\nq1\tnowhere\t1\n");

        assertThat(run(folder.toString())).isEqualTo(1);

        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("qrels.tsv, line 2: no document nowhere in corpus.jsonl");
    }

    @Test
    void aFolderWithoutASetIsSaidToBeOne() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("empty"));

        assertThat(run(empty.toString())).isEqualTo(1);

        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("no corpus.jsonl here or one folder below");
    }

    @Test
    void unknownProfilesAndOptionsAreAnsweredWithTheUsage() {
        assertThat(run("--profile", "best", folder.toString())).isEqualTo(2);
        assertThat(run("--limit", "none", folder.toString())).isEqualTo(2);
        assertThat(run("--fast", folder.toString())).isEqualTo(2);
        assertThat(run()).isEqualTo(2);

        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains(
                        "there is no profile best, only default, without-rerank",
                        "--limit none is not a number above 0",
                        "--fast is not an option",
                        "which folder?",
                        "usage: ./run evaluate");
    }

    private int run(String... arguments) {
        return EvaluateCommand.run(
                arguments,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    /// Everything but the times.
    private static String figures(JsonNode report) {
        StringBuilder text = new StringBuilder();
        report.get("profiles")
                .properties()
                .forEach(
                        profile -> {
                            text.append(profile.getKey());
                            profile.getValue().properties().stream()
                                    .filter(figure -> !figure.getKey().endsWith("_ms"))
                                    .forEach(text::append);
                        });
        return text.append(report.get("refusal")).toString();
    }

    private void write(String file, String content) throws IOException {
        Files.writeString(folder.resolve(file), content);
    }
}
