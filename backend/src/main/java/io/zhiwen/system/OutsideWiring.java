package io.zhiwen.system;

import io.zhiwen.account.OidcSettings;
import io.zhiwen.ask.rerank.RerankServer;
import io.zhiwen.ask.rerank.RerankerSettings;
import io.zhiwen.ingest.embed.Embedders;
import io.zhiwen.ingest.parse.Seeing;
import io.zhiwen.ingest.parse.Transcribing;
import io.zhiwen.ingest.parse.TranscriptionSettings;
import io.zhiwen.ingest.parse.UnreadableDocument;
import io.zhiwen.ingest.parse.VisionSettings;
import io.zhiwen.operate.OutsideServer;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The servers outside that admins can try: each is asked as it is asked in earnest.
@Configuration(proxyBeanMethods = false)
class OutsideWiring {

    private static final Duration AT_MOST = Duration.ofSeconds(20);

    private record Named(String name, String setting, String address, Supplier<String> asked)
            implements OutsideServer {

        @Override
        public String ask() {
            return asked.get();
        }
    }

    /// Gives its metadata.
    @Bean
    OutsideServer companySignIn(OidcSettings settings) {
        return new Named(
                "oidc",
                "zhiwen.oidc.issuer",
                settings.issuer(),
                () -> new CompanyDirectory(settings).doors());
    }

    /// Gives one vector of each of its models.
    @Bean
    OutsideServer embeddingServer(StageSettings settings, Embedders embedders) {
        return new Named(
                "embedding",
                "zhiwen.embedding.url",
                settings.embedding().settings().url(),
                () ->
                        embedders.models().stream()
                                .map(model -> model + ": " + embedders.dimension(model, AT_MOST))
                                .collect(Collectors.joining(", ")));
    }

    /// Gives scores.
    @Bean
    OutsideServer rerankServer(RerankerSettings settings) {
        return new Named(
                "reranker",
                "zhiwen.reranker.url",
                settings.url(),
                () -> {
                    try (var server = new RerankServer(settings)) {
                        server.tryOut(AT_MOST);
                    }
                    return settings.model();
                });
    }

    /// Listens to silence.
    @Bean
    OutsideServer transcriptionServer(StageSettings settings) {
        var named = settings.transcription().settings();
        return new Named(
                "transcription",
                "zhiwen.transcription.url",
                named.url(),
                () -> {
                    listen(named);
                    return named.model();
                });
    }

    /// Looks at a white page.
    @Bean
    OutsideServer visionServer(StageSettings settings) {
        var named = settings.vision().settings();
        return new Named(
                "vision",
                "zhiwen.vision.url",
                named.url(),
                () -> {
                    look(named);
                    return named.model();
                });
    }

    private static void look(VisionSettings named) {
        try {
            Seeing.tryOut(named, AT_MOST);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static void listen(TranscriptionSettings named) {
        try {
            Transcribing.tryOut(named, AT_MOST);
        } catch (UnreadableDocument e) {
            throw new IllegalStateException(e.detail());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted");
        }
    }
}
