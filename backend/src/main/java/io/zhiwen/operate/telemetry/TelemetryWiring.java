package io.zhiwen.operate.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.zhiwen.node.Node;
import io.zhiwen.operate.TelemetrySettings;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/// Sends traces in batches, on a thread that is there only when a collector is. What a collector
/// that is away does not take is dropped.
@Configuration(proxyBeanMethods = false)
@Conditional(OnTelemetry.class)
class TelemetryWiring {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration DELAY = Duration.ofSeconds(2);

    @Bean(destroyMethod = "close")
    SdkTracerProvider tracerProvider(TelemetrySettings settings, Node node) {
        var exporter =
                OtlpHttpSpanExporter.builder()
                        .setEndpoint(settings.otlpEndpoint() + "/v1/traces")
                        .setTimeout(TIMEOUT)
                        .build();
        return SdkTracerProvider.builder()
                .setResource(
                        Resource.getDefault()
                                .merge(
                                        Resource.create(
                                                Attributes.of(
                                                        AttributeKey.stringKey("service.name"),
                                                        "zhiwen",
                                                        AttributeKey.stringKey(
                                                                "service.instance.id"),
                                                        node.name()))))
                .addSpanProcessor(
                        BatchSpanProcessor.builder(exporter).setScheduleDelay(DELAY).build())
                .build();
    }

    @Bean
    QuestionSpans questionSpans(SdkTracerProvider provider) {
        return new QuestionSpans(provider.get("io.zhiwen.ask"));
    }

    @Bean
    IngestSpans ingestSpans(SdkTracerProvider provider) {
        return new IngestSpans(provider.get("io.zhiwen.ingest"));
    }
}
