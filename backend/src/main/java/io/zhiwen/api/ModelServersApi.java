package io.zhiwen.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.zhiwen.account.NotAllowed;
import io.zhiwen.account.Principal;
import io.zhiwen.ask.stream.ModelServerDraft;
import io.zhiwen.ask.stream.ModelServerRefused;
import io.zhiwen.ask.stream.ModelServers;
import io.zhiwen.ask.stream.Models;
import io.zhiwen.ask.stream.Trial;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Model servers")
class ModelServersApi {

    private static final String ALL = "/api/v1/model-servers";
    private static final String ONE = ALL + "/{server}";
    private static final Duration TRIAL = Duration.ofSeconds(20);

    @Schema(name = "ModelServerRequest")
    record Wanted(
            @NotBlank @Schema(example = "GPU in Hamburg") String name,
            @NotBlank @Schema(example = "http://gpu:8000/v1") String url,
            @Schema(description = "As the server knows it.") @Nullable String model,
            @Schema(description = "Left out: the one there is stays. Empty: none.")
                    @Nullable String key,
            @Schema(defaultValue = "4", description = "Answers it writes at once.")
                    @Nullable Integer slots,
            @Schema(defaultValue = "8192", description = "Question and answer together.")
                    @JsonProperty("context_tokens")
                    @Nullable Integer contextTokens,
            @Schema(defaultValue = "1500", description = "Of one answer, thinking included.")
                    @JsonProperty("max_tokens")
                    @Nullable Integer maxTokens,
            @Schema(description = "0 to 2; left out: as the server of Zhiwen is set.")
                    @Nullable Double temperature,
            @Schema(description = "Above 0 to 1; left out: not sent.") @JsonProperty("top_p")
                    @Nullable Double topP,
            @Schema(description = "Left out: not sent.") @Nullable Long seed) {

        private ModelServerDraft draft() {
            return ModelServerDraft.of(
                    name,
                    url,
                    model,
                    key,
                    slots,
                    contextTokens,
                    maxTokens,
                    temperature,
                    topP,
                    seed);
        }
    }

    @Schema(name = "ModelServer")
    record ServerJson(
            UUID id,
            String name,
            String url,
            String model,
            @Schema(
                            allowableValues = {"none", "kept", "unreadable"},
                            description = "Whether there is a key; it never comes back.")
                    String key,
            int slots,
            @JsonProperty("context_tokens") int contextTokens,
            @JsonProperty("max_tokens") int maxTokens,
            @Nullable Double temperature,
            @JsonProperty("top_p") @Nullable Double topP,
            @Nullable Long seed,
            @Schema(description = "Set where the server was started; cannot be changed here.")
                    boolean environment,
            @Schema(description = "Writes where nothing else is chosen.") boolean standard,
            @Schema(
                            allowableValues = {"asked", "resting", "trying"},
                            description = "Resting: it failed and is left alone for a while.")
                    String state,
            @JsonProperty("slots_used") int used,
            int waiting) {

        private static ServerJson of(Models.Known known) {
            var server = known.server();
            var state = known.state();
            return new ServerJson(
                    server.id(),
                    server.name(),
                    state.url(),
                    server.model(),
                    server.keyState(),
                    server.slots(),
                    server.contextTokens(),
                    server.maxTokens(),
                    server.sampling().temperature(),
                    server.sampling().topP(),
                    server.sampling().seed(),
                    server.isOfEnvironment(),
                    known.standard(),
                    state.rest().name().toLowerCase(Locale.ROOT),
                    state.used(),
                    state.waiting());
        }
    }

    @Schema(name = "ModelServers")
    record ServersJson(List<ServerJson> items) {}

    @Schema(name = "ModelServerTrial")
    record TrialJson(
            boolean ok,
            @Schema(description = "Why it gave no answer.") @Nullable String failure,
            @JsonProperty("first_token_ms") @Nullable Long firstToken,
            @JsonProperty("total_ms") long total,
            @Schema(description = "The beginning of what it said.") String sample) {

        private static TrialJson of(Trial trial) {
            var failure = trial.failure();
            var first = trial.firstToken();
            return new TrialJson(
                    failure == null,
                    failure == null ? null : failure.name().toLowerCase(Locale.ROOT),
                    first == null ? null : first.toMillis(),
                    trial.took().toMillis(),
                    trial.sample());
        }
    }

    @Schema(name = "ModelServerChoice")
    record Choice(
            @Schema(description = "Its id; null for the one that writes for all.")
                    @JsonProperty("model_server_id")
                    @Nullable UUID server) {}

    private final Models models;
    private final ModelServers servers;

    ModelServersApi(Models models, ModelServers servers) {
        this.models = models;
        this.servers = servers;
    }

    @GetMapping(ALL)
    @Operation(summary = "List the model servers", description = "For keys with all rights.")
    ServersJson list(Principal.Key key) {
        NotAllowed.unlessAdmin(key, "list model servers");
        return new ServersJson(models.all().stream().map(ServerJson::of).toList());
    }

    @PostMapping(ALL)
    @Operation(
            summary = "Register a model server",
            description = "The first one writes for all bases. For keys with all rights.")
    ResponseEntity<ServerJson> add(Principal.Key key, @Valid @RequestBody Wanted wanted) {
        NotAllowed.unlessAdmin(key, "register model servers");
        UUID id = made(() -> servers.add(key, wanted.draft()));
        return ResponseEntity.created(URI.create(ALL + "/" + id)).body(one(id));
    }

    @GetMapping(ONE)
    @Operation(summary = "Look at a model server", description = "For keys with all rights.")
    ServerJson get(Principal.Key key, @PathVariable UUID server) {
        NotAllowed.unlessAdmin(key, "see model servers");
        return one(server);
    }

    @PutMapping(ONE)
    @Operation(
            summary = "Change a model server",
            description =
                    "In force with the next question; an answer being written ends where it began."
                            + " For keys with all rights.")
    ServerJson change(
            Principal.Key key, @PathVariable UUID server, @Valid @RequestBody Wanted wanted) {
        NotAllowed.unlessAdmin(key, "change model servers");
        done(() -> servers.change(key, server, wanted.draft()));
        return one(server);
    }

    @DeleteMapping(ONE)
    @Operation(
            summary = "Remove a model server",
            description =
                    "Bases that chose it go back to the one that writes for all. For keys with all"
                            + " rights.")
    ResponseEntity<Void> delete(Principal.Key key, @PathVariable UUID server) {
        NotAllowed.unlessAdmin(key, "delete model servers");
        done(() -> servers.delete(key, server));
        return ResponseEntity.noContent().build();
    }

    @PostMapping(ONE + "/test")
    @Operation(
            summary = "Have a model server say hello",
            description = "Waits up to 20 seconds. For keys with all rights.")
    TrialJson test(Principal.Key key, @PathVariable UUID server) {
        NotAllowed.unlessAdmin(key, "test model servers");
        return models.trial(server, TRIAL)
                .map(TrialJson::of)
                .orElseThrow(() -> new NotThere("model server"));
    }

    @PostMapping(ONE + "/standard")
    @Operation(
            summary = "Have a model server write where nothing else is chosen",
            description = "For keys with all rights.")
    ServerJson standard(Principal.Key key, @PathVariable UUID server) {
        NotAllowed.unlessAdmin(key, "choose model servers");
        done(() -> servers.makeStandard(key, server));
        return one(server);
    }

    @PutMapping("/api/v1/knowledge-bases/{id}/model-server")
    @Operation(
            summary = "Choose which model server writes for a base",
            description = "For keys with all rights.")
    ResponseEntity<Void> choose(
            Principal.Key key, @PathVariable UUID id, @RequestBody Choice choice) {
        NotAllowed.unlessAdmin(key, "choose model servers");
        done(() -> servers.choose(key, new KnowledgeBaseId(id), choice.server()));
        return ResponseEntity.noContent().build();
    }

    private ServerJson one(UUID id) {
        return models.all().stream()
                .filter(known -> known.server().id().equals(id))
                .findFirst()
                .map(ServerJson::of)
                .orElseThrow(() -> new NotThere("model server"));
    }

    private static void done(Runnable change) {
        made(
                () -> {
                    change.run();
                    return change;
                });
    }

    private static <T> T made(Supplier<T> change) {
        try {
            return change.get();
        } catch (ModelServerRefused refused) {
            if (refused.reason() == ModelServerRefused.Reason.NO_SUCH_SERVER) {
                throw new NotThere("model server");
            }
            throw new Refused(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "invalid-model-server",
                    String.valueOf(refused.getMessage()),
                    refused.reason().field());
        }
    }
}
