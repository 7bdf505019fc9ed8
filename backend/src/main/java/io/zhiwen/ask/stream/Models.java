package io.zhiwen.ask.stream;

import io.zhiwen.account.Scope;
import io.zhiwen.ask.prompt.PromptSettings;
import io.zhiwen.ask.stream.ModelDirectory.Registered;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/// The chat models that are set up; none by default. What admins register is looked up for each
/// question, so a change takes effect with the next one on every node; an answer that is being
/// written ends on the server it began on. The server the environment names is the one that writes
/// where nothing else is chosen. Safe for concurrent use.
public final class Models implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Models.class);

    /// A server and how it is.
    ///
    /// @param standard whether it writes where nothing else is chosen
    public record Known(ModelServer server, boolean standard, ModelState state) {}

    private record Open(ModelServer server, ModelWriter writer) {}

    private final LlmSettings settings;
    private final @Nullable ModelServer environment;
    private final ModelDirectory directory;
    private final Lines lines;
    private final ModelObserver observer;
    private final Map<UUID, Open> open = new ConcurrentHashMap<>();
    private volatile Registered last = ModelDirectory.EMPTY.read();

    public Models(
            LlmSettings settings,
            PromptSettings prompt,
            ModelDirectory directory,
            Lines lines,
            ModelObserver observer) {
        this.settings = settings;
        this.directory = directory;
        this.lines = lines;
        this.observer = observer;
        this.environment = settings.isConfigured() ? ofEnvironment(settings, prompt) : null;
    }

    /// The one that writes where nothing else is chosen.
    public Optional<ModelWriter> configured() {
        return standard(registered()).map(this::writer);
    }

    /// The one that writes in this scope: that of the assistant it is asked through, else that of
    /// its bases, whatever is attached to the chat.
    public Optional<ModelWriter> of(Scope scope) {
        Registered registered = registered();
        return scope.assistant()
                .map(registered.ofAssistants()::get)
                .flatMap(id -> named(registered, id))
                .map(this::writer)
                .or(() -> of(scope.shared(), registered));
    }

    /// The one that writes for these bases: the one they all chose, else the one for all.
    public Optional<ModelWriter> of(Collection<KnowledgeBaseId> bases) {
        return of(bases, registered());
    }

    private Optional<ModelWriter> of(Collection<KnowledgeBaseId> bases, Registered registered) {
        List<UUID> chosen =
                bases.stream().map(registered.chosen()::get).distinct().limit(2).toList();
        if (chosen.size() == 1 && chosen.getFirst() != null) {
            var server = named(registered, chosen.getFirst());
            if (server.isPresent()) {
                return server.map(this::writer);
            }
        }
        return standard(registered).map(this::writer);
    }

    /// What a short exchange may take that somebody waits for.
    Duration rewriteTimeout() {
        return settings.rewriteTimeout();
    }

    /// All of them, the environment's first.
    public List<Known> all() {
        Registered registered = registered();
        UUID standard = standard(registered).map(ModelServer::id).orElse(null);
        List<ModelServer> servers = new ArrayList<>();
        if (environment != null) {
            servers.add(environment);
        }
        servers.addAll(registered.servers());
        return servers.stream()
                .map(
                        server ->
                                new Known(
                                        server,
                                        server.id().equals(standard),
                                        writer(server).state()))
                .toList();
    }

    /// Which one writes for a base, where one was chosen.
    public Map<KnowledgeBaseId, UUID> chosen() {
        return registered().chosen();
    }

    /// Has a server say hello; empty when there is none of this id.
    public Optional<Trial> trial(UUID id, Duration atMost) {
        return named(registered(), id).map(server -> writer(server).trial(atMost));
    }

    @Override
    public void close() {
        open.values().forEach(one -> one.writer().close());
        open.clear();
    }

    private Optional<ModelServer> standard(Registered registered) {
        if (environment != null) {
            return Optional.of(environment);
        }
        UUID id = registered.standard();
        return id == null ? Optional.empty() : named(registered, id);
    }

    private Optional<ModelServer> named(Registered registered, UUID id) {
        if (environment != null && id.equals(ModelServer.ENVIRONMENT)) {
            return Optional.of(environment);
        }
        return registered.servers().stream().filter(one -> one.id().equals(id)).findFirst();
    }

    /// One for each server as it is set now. The one before it is left to what it is writing, and
    /// is collected after that.
    private ModelWriter writer(ModelServer server) {
        var now =
                open.compute(
                        server.id(),
                        (_, before) ->
                                before != null && before.server().equals(server)
                                        ? before
                                        : new Open(server, opened(server)));
        return Objects.requireNonNull(now).writer();
    }

    private ModelWriter opened(ModelServer server) {
        var line = lines.of(server.place(), server.slots());
        return ModelWriter.of(
                server.settings(settings),
                server.contextTokens(),
                server.sampling(),
                line,
                observer);
    }

    /// As of now, or as last seen while the database is away.
    private Registered registered() {
        try {
            Registered now = directory.read();
            last = now;
            return now;
        } catch (DataAccessException | TransactionException e) {
            log.warn("model servers as they were last seen: {}", e.getMessage());
            return last;
        }
    }

    private static ModelServer ofEnvironment(LlmSettings settings, PromptSettings prompt) {
        return new ModelServer(
                ModelServer.ENVIRONMENT,
                settings.model(),
                settings.url(),
                settings.model(),
                settings.key(),
                settings.slots(),
                prompt.contextTokens(),
                settings.maxTokens(),
                Sampling.NONE);
    }
}
