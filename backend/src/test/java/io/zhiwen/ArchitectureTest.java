package io.zhiwen;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The diagram of backend/docs/architecture.md as tests.
class ArchitectureTest {

    private static final JavaClasses ZHIWEN =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("io.zhiwen");

    /// `failpoint` and `priority` are before all: they know nobody, and every stage may name a
    /// place
    /// or let questions pass.
    private static final List<String> INGEST_FLOW =
            List.of(
                    "failpoint",
                    "priority",
                    "upload",
                    "parse",
                    "clean",
                    "table",
                    "likeness",
                    "doubt",
                    "chunk",
                    "embed",
                    "store",
                    "index");
    private static final List<String> ASK_FLOW =
            List.of(
                    "forbid",
                    "question",
                    "translate",
                    "retrieve",
                    "fuse",
                    "rerank",
                    "prompt",
                    "stream",
                    "cite",
                    "table");

    /// Which features each feature may not see.
    private static final Map<String, List<String>> FORBIDDEN =
            Map.ofEntries(
                    Map.entry(
                            "account",
                            List.of(
                                    "curate",
                                    "ask",
                                    "library",
                                    "conversation",
                                    "evaluate",
                                    "operate",
                                    "transfer",
                                    "api",
                                    "pages",
                                    "source",
                                    "system")),
                    Map.entry(
                            "library",
                            List.of(
                                    "curate",
                                    "ask",
                                    "conversation",
                                    "evaluate",
                                    "operate",
                                    "transfer",
                                    "api",
                                    "pages",
                                    "source",
                                    "system")),
                    Map.entry(
                            "ask",
                            List.of(
                                    "curate",
                                    "library",
                                    "conversation",
                                    "evaluate",
                                    "operate",
                                    "transfer",
                                    "api",
                                    "pages",
                                    "source",
                                    "system")),
                    Map.entry(
                            "assistant",
                            List.of(
                                    "curate",
                                    "library",
                                    "conversation",
                                    "evaluate",
                                    "operate",
                                    "transfer",
                                    "api",
                                    "pages",
                                    "source",
                                    "system")),
                    Map.entry(
                            "conversation",
                            List.of(
                                    "curate",
                                    "library",
                                    "evaluate",
                                    "operate",
                                    "transfer",
                                    "api",
                                    "pages",
                                    "source",
                                    "system")),
                    Map.entry(
                            "evaluate",
                            List.of(
                                    "curate",
                                    "library",
                                    "conversation",
                                    "operate",
                                    "transfer",
                                    "api",
                                    "pages",
                                    "source",
                                    "system")),
                    Map.entry(
                            "operate",
                            List.of(
                                    "curate",
                                    "conversation",
                                    "evaluate",
                                    "transfer",
                                    "api",
                                    "pages",
                                    "source",
                                    "system")),
                    Map.entry(
                            "search",
                            List.of(
                                    "curate",
                                    "conversation",
                                    "evaluate",
                                    "operate",
                                    "transfer",
                                    "api",
                                    "pages",
                                    "source",
                                    "system")),
                    Map.entry(
                            "suggest",
                            List.of(
                                    "curate",
                                    "conversation",
                                    "evaluate",
                                    "operate",
                                    "transfer",
                                    "api",
                                    "pages",
                                    "source",
                                    "system")),
                    Map.entry(
                            "curate",
                            List.of(
                                    "library",
                                    "operate",
                                    "transfer",
                                    "api",
                                    "pages",
                                    "source",
                                    "system")),
                    Map.entry(
                            "outgoing",
                            List.of(
                                    "curate",
                                    "ingest",
                                    "node",
                                    "account",
                                    "ask",
                                    "library",
                                    "conversation",
                                    "evaluate",
                                    "search",
                                    "suggest",
                                    "operate",
                                    "transfer",
                                    "api",
                                    "pages",
                                    "source",
                                    "system")),
                    Map.entry(
                            "source",
                            List.of(
                                    "curate",
                                    "ask",
                                    "conversation",
                                    "evaluate",
                                    "search",
                                    "suggest",
                                    "operate",
                                    "transfer",
                                    "api",
                                    "pages",
                                    "system")),
                    Map.entry(
                            "widget",
                            List.of(
                                    "curate",
                                    "ask",
                                    "library",
                                    "conversation",
                                    "evaluate",
                                    "operate",
                                    "transfer",
                                    "api",
                                    "pages",
                                    "system")),
                    Map.entry(
                            "webhook",
                            List.of(
                                    "curate",
                                    "ask",
                                    "library",
                                    "conversation",
                                    "evaluate",
                                    "operate",
                                    "transfer",
                                    "api",
                                    "pages",
                                    "system")),
                    Map.entry(
                            "settings",
                            List.of(
                                    "curate",
                                    "ingest",
                                    "ask",
                                    "library",
                                    "conversation",
                                    "evaluate",
                                    "operate",
                                    "transfer",
                                    "api",
                                    "pages",
                                    "source",
                                    "system")),
                    Map.entry("api", List.of("pages", "system")),
                    Map.entry("pages", List.of("api", "system")),
                    Map.entry(
                            "node",
                            List.of(
                                    "curate",
                                    "ingest",
                                    "account",
                                    "ask",
                                    "library",
                                    "conversation",
                                    "evaluate",
                                    "operate",
                                    "transfer",
                                    "api",
                                    "pages",
                                    "source",
                                    "system")),
                    Map.entry(
                            "ingest",
                            List.of(
                                    "curate",
                                    "node",
                                    "account",
                                    "ask",
                                    "library",
                                    "conversation",
                                    "evaluate",
                                    "operate",
                                    "transfer",
                                    "api",
                                    "pages",
                                    "source",
                                    "system")),
                    Map.entry(
                            "transfer",
                            List.of(
                                    "curate",
                                    "ask",
                                    "conversation",
                                    "evaluate",
                                    "operate",
                                    "api",
                                    "pages",
                                    "source",
                                    "system")));

    /// Which package alone may see a library.
    private static final Map<String, List<String>> OWNERS =
            Map.ofEntries(
                    Map.entry("org.apache.tika..", List.of("io.zhiwen.ingest.parse..")),
                    Map.entry("org.apache.pdfbox..", List.of("io.zhiwen.ingest.parse..")),
                    Map.entry(
                            "org.apache.poi..",
                            List.of("io.zhiwen.ingest.parse..", "io.zhiwen.conversation.export..")),
                    Map.entry("com.openhtmltopdf..", List.of("io.zhiwen.conversation.export..")),
                    Map.entry("com.pgvector..", List.of("io.zhiwen.ingest.index.pgvector..")),
                    Map.entry("org.apache.lucene..", List.of("io.zhiwen.ingest.index.lucene..")),
                    Map.entry("ai.onnxruntime..", List.of("io.zhiwen.ingest.embed..")),
                    Map.entry("ai.djl..", List.of("io.zhiwen.ingest.embed..")),
                    Map.entry(
                            "dev.langchain4j..",
                            List.of("io.zhiwen.ingest.embed..", "io.zhiwen.ask.stream..")),
                    Map.entry("com.github.kagkarlsson..", List.of("io.zhiwen.library..")),
                    Map.entry("io.github.bucket4j..", List.of("io.zhiwen.account..")),
                    Map.entry(
                            "org.apache.commons.csv..",
                            List.of("io.zhiwen.evaluate.golden..", "io.zhiwen.curate..")),
                    Map.entry(
                            "software.amazon.awssdk..",
                            List.of("io.zhiwen.ingest.upload..", "io.zhiwen.source.s3..")),
                    Map.entry("io.micrometer..", List.of("io.zhiwen.operate.metrics..")),
                    Map.entry("io.opentelemetry..", List.of("io.zhiwen.operate.telemetry..")),
                    Map.entry("io.modelcontextprotocol..", List.of("io.zhiwen.api..")),
                    Map.entry("com.google.re2j..", List.of("io.zhiwen.ask.forbid..")),
                    Map.entry("crawlercommons..", List.of("io.zhiwen.source.web..")),
                    Map.entry("jakarta.mail..", List.of("io.zhiwen.source.mail..")),
                    Map.entry("org.eclipse.jgit..", List.of("io.zhiwen.source.git..")),
                    Map.entry("org.apache.hc..", List.of("io.zhiwen.outgoing..")),
                    Map.entry("io.zonky..", List.of("io.zhiwen.system..")));

    /// What a source is, then its kinds; none knows another, nor who reads it.
    private static final List<String> SOURCE_FLOW =
            List.of("place", "folder", "web", "git", "dav", "s3", "mail");

    @TestFactory
    Stream<DynamicTest> aKindOfSourceKnowsNoOtherAndNotWhoReadsIt() {
        return Stream.concat(
                flow("io.zhiwen.source.", SOURCE_FLOW),
                Stream.of(
                        DynamicTest.dynamicTest(
                                "the readers",
                                () ->
                                        check(
                                                noClasses()
                                                        .that()
                                                        .resideInAPackage("io.zhiwen.source.*..")
                                                        .should()
                                                        .dependOnClassesThat()
                                                        .resideInAPackage("io.zhiwen.source")))));
    }

    @TestFactory
    Stream<DynamicTest> anIngestStageImportsOnlyEarlierStages() {
        return flow("io.zhiwen.ingest.", INGEST_FLOW);
    }

    @TestFactory
    Stream<DynamicTest> anAskStageImportsOnlyEarlierStages() {
        return flow("io.zhiwen.ask.", ASK_FLOW);
    }

    @TestFactory
    Stream<DynamicTest> aFeatureSeesOnlyWhatIsBelowIt() {
        return FORBIDDEN.entrySet().stream()
                .map(
                        rule ->
                                DynamicTest.dynamicTest(
                                        rule.getKey(),
                                        () ->
                                                check(
                                                        noClasses()
                                                                .that()
                                                                .resideInAPackage(in(rule.getKey()))
                                                                .should()
                                                                .dependOnClassesThat()
                                                                .resideInAnyPackage(
                                                                        rule.getValue().stream()
                                                                                .map(
                                                                                        ArchitectureTest
                                                                                                ::in)
                                                                                .toArray(
                                                                                        String[]
                                                                                                ::new)))));
    }

    @TestFactory
    Stream<DynamicTest> aLibraryStaysInThePackageThatOwnsIt() {
        return OWNERS.entrySet().stream()
                .map(
                        rule ->
                                DynamicTest.dynamicTest(
                                        rule.getKey(),
                                        () ->
                                                check(
                                                        noClasses()
                                                                .that()
                                                                .resideOutsideOfPackages(
                                                                        rule.getValue()
                                                                                .toArray(
                                                                                        String[]
                                                                                                ::new))
                                                                .should()
                                                                .dependOnClassesThat()
                                                                .resideInAPackage(rule.getKey()))));
    }

    @Test
    void ingestIsAPlainLibraryWithoutAContainerOrAServlet() {
        check(
                noClasses()
                        .that()
                        .resideInAPackage(in("ingest"))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                "org.springframework.stereotype..",
                                "org.springframework.context..",
                                "org.springframework.web..",
                                "jakarta.servlet.."));
    }

    @Test
    void outgoingConnectionsAreMadeOnlyWhereTheModelIsAskedAndFromTheShell() {
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackages(
                                "io.zhiwen.ask.stream..",
                                "io.zhiwen.evaluate.streams..",
                                "io.zhiwen.evaluate.pages..")
                        .and()
                        .doNotHaveFullyQualifiedName("io.zhiwen.system.ServerClient")
                        .and()
                        .doNotHaveFullyQualifiedName("io.zhiwen.ask.rerank.RerankServer")
                        .and()
                        .doNotHaveFullyQualifiedName("io.zhiwen.ingest.embed.EmbeddingServer")
                        .and()
                        .doNotHaveFullyQualifiedName("io.zhiwen.ingest.parse.TranscriptionServer")
                        .and()
                        .doNotHaveFullyQualifiedName("io.zhiwen.ingest.parse.VisionServer")
                        .should()
                        .dependOnClassesThat()
                        .haveFullyQualifiedName("java.net.http.HttpClient"));
    }

    /// Its stream keeps the connection until somebody closes it; a forgotten one ends in a pool
    /// without connections.
    @Test
    void aQueryIsReadWholeSoThatItsConnectionGoesBack() {
        check(
                noClasses()
                        .should()
                        .callMethod(
                                org.springframework.jdbc.core.simple.JdbcClient.MappedQuerySpec
                                        .class,
                                "stream"));
    }

    /// Clocks of nodes differ: what is due, over or expired goes by the database's.
    @Test
    void noDecisionGoesByTheClockOfItsNode() {
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackages("io.zhiwen.operate..", "io.zhiwen.transfer..")
                        .and()
                        .doNotHaveFullyQualifiedName("io.zhiwen.system.TransferCommand")
                        .and()
                        .doNotHaveFullyQualifiedName("io.zhiwen.ingest.upload.FolderBlobStore")
                        .should()
                        .callMethod(java.time.Instant.class, "now")
                        .orShould()
                        .callMethod(java.time.LocalDate.class, "now", java.time.ZoneId.class)
                        .orShould()
                        .callMethod(System.class, "currentTimeMillis"));
    }

    @Test
    void onlyAccountMakesAScope() {
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackage("io.zhiwen.account")
                        .should()
                        .callConstructor(io.zhiwen.account.Scope.class, java.util.Set.class));
    }

    @Test
    void onlyAnEvaluationSearchesWithoutAUsersRights() {
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackage("io.zhiwen.evaluate..")
                        .should()
                        .callMethod(
                                io.zhiwen.account.Scope.class,
                                "ofThrowAway",
                                io.zhiwen.ingest.upload.KnowledgeBaseId.class));
    }

    private static Stream<DynamicTest> flow(String root, List<String> stages) {
        List<DynamicTest> tests = new ArrayList<>();
        for (int i = 0; i < stages.size() - 1; i++) {
            String stage = root + stages.get(i) + "..";
            String[] later =
                    stages.subList(i + 1, stages.size()).stream()
                            .map(s -> root + s + "..")
                            .toArray(String[]::new);
            tests.add(
                    DynamicTest.dynamicTest(
                            stages.get(i),
                            () ->
                                    check(
                                            noClasses()
                                                    .that()
                                                    .resideInAPackage(stage)
                                                    .should()
                                                    .dependOnClassesThat()
                                                    .resideInAnyPackage(later))));
        }
        return tests.stream();
    }

    private static String in(String feature) {
        return "io.zhiwen." + feature + "..";
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(ZHIWEN);
    }
}
