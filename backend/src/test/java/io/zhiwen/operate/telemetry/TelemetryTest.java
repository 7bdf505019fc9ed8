package io.zhiwen.operate.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.zhiwen.ask.AskObserver;
import io.zhiwen.ask.retrieve.Leg;
import io.zhiwen.ask.retrieve.Ranking;
import io.zhiwen.ingest.IngestObserver;
import io.zhiwen.ingest.store.Attempt;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.JobObserver;
import io.zhiwen.node.Node;
import io.zhiwen.node.NodeRole;
import io.zhiwen.operate.TelemetrySettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class TelemetryTest {

    private final List<Span> spans = new CopyOnWriteArrayList<>();

    @Test
    void aQuestionIsOneTraceWithItsStages() throws IOException {
        var legs =
                List.of(
                        new Leg(
                                Leg.Kind.KEYWORD,
                                true,
                                new Ranking("keyword", List.of()),
                                1,
                                millis(3),
                                null),
                        new Leg(
                                Leg.Kind.VECTOR,
                                true,
                                new Ranking("vector:zh", List.of()),
                                1,
                                millis(9),
                                "over its budget"));
        var retrieved = new AskObserver.Retrieved(legs, millis(1), millis(2), millis(5), 24, 20);
        collecting(
                provider -> {
                    try (var _ = MDC.putCloseable("requestId", "request-17")) {
                        new TelemetryWiring()
                                .questionSpans(provider)
                                .answered(
                                        new AskObserver.Answered(
                                                AskObserver.Outcome.ANSWERED,
                                                null,
                                                List.of(
                                                        lap("question", 1),
                                                        lap("retrieve", 17),
                                                        lap("prompt", 2),
                                                        lap("firstToken", 300),
                                                        lap("write", 900)),
                                                millis(1220),
                                                retrieved));
                    }
                });
        var byName = byName();
        assertThat(byName.keySet())
                .containsExactlyInAnyOrder(
                        "question",
                        "understand",
                        "retrieve",
                        "leg keyword",
                        "leg vector:zh",
                        "fuse",
                        "load",
                        "rerank",
                        "prompt",
                        "llm first token",
                        "llm write");
        var root = byName.get("question");
        assertThat(spans).extracting(Span::getTraceId).containsOnly(root.getTraceId());
        assertThat(byName.get("rerank").getParentSpanId())
                .isEqualTo(byName.get("retrieve").getSpanId());
        assertThat(byName.get("llm write").getParentSpanId()).isEqualTo(root.getSpanId());
        assertThat(root.getAttributesList().toString()).contains("request-17", "answered");
        assertThat(root.getEndTimeUnixNano() - root.getStartTimeUnixNano())
                .isEqualTo(millis(1220).toNanos());
    }

    @Test
    void aPieceOfWorkOnAFileIsOneTraceThatSaysWhyItFailed() throws IOException {
        var attempt = new Attempt(DocumentId.random(), KnowledgeBaseId.random(), 1, 2);
        collecting(
                provider -> {
                    var ingest = new TelemetryWiring().ingestSpans(provider);
                    ingest.passed(attempt, IngestObserver.Stage.PARSE, millis(40));
                    ingest.passed(attempt, IngestObserver.Stage.CLEAN, millis(2));
                    ingest.ended(attempt, JobObserver.End.FAILED, "NO_TEXT", millis(43));
                });
        var byName = byName();
        assertThat(byName.keySet()).containsExactlyInAnyOrder("ingest", "parse", "clean");
        var job = byName.get("ingest");
        assertThat(job.getStatus().getMessage()).isEqualTo("NO_TEXT");
        assertThat(job.getAttributesList().toString()).contains(attempt.document().toString());
    }

    @Test
    void withoutACollectorNothingRuns() {
        var before = Thread.getAllStackTraces().keySet();
        runner("")
                .run(
                        context -> {
                            assertThat(context).doesNotHaveBean(SdkTracerProvider.class);
                            var since = new HashSet<>(Thread.getAllStackTraces().keySet());
                            since.removeAll(before);
                            assertThat(since)
                                    .extracting(Thread::getName)
                                    .noneMatch(name -> name.contains("BatchSpanProcessor"));
                        });
    }

    @Test
    void withACollectorThatIsAwayTheNodeStarts() {
        runner("http://127.0.0.1:9")
                .run(context -> assertThat(context).hasSingleBean(QuestionSpans.class));
    }

    private static ApplicationContextRunner runner(String endpoint) {
        return new ApplicationContextRunner()
                .withPropertyValues("zhiwen.telemetry.otlp-endpoint=" + endpoint)
                .withBean(TelemetrySettings.class, () -> new TelemetrySettings(endpoint))
                .withBean(Node.class, () -> new Node("one", NodeRole.BOTH, false))
                .withUserConfiguration(TelemetryWiring.class);
    }

    private void collecting(Consumer<SdkTracerProvider> work) throws IOException {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        var collector = HttpServer.create(address, 0);
        collector.createContext(
                "/v1/traces",
                exchange -> {
                    var sent = ExportTraceServiceRequest.parseFrom(exchange.getRequestBody());
                    sent.getResourceSpansList().stream()
                            .flatMap(resource -> resource.getScopeSpansList().stream())
                            .forEach(scope -> spans.addAll(scope.getSpansList()));
                    exchange.sendResponseHeaders(200, -1);
                    exchange.close();
                });
        collector.start();
        var settings =
                new TelemetrySettings("http://127.0.0.1:" + collector.getAddress().getPort() + "/");
        try (var provider =
                new TelemetryWiring()
                        .tracerProvider(settings, new Node("one", NodeRole.BOTH, false))) {
            work.accept(provider);
        } finally {
            collector.stop(0);
        }
    }

    private Map<String, Span> byName() {
        return spans.stream().collect(Collectors.toMap(Span::getName, span -> span));
    }

    private static AskObserver.Lap lap(String stage, long millis) {
        return new AskObserver.Lap(stage, millis(millis));
    }

    private static Duration millis(long count) {
        return Duration.ofMillis(count);
    }
}
