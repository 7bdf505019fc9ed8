package io.zhiwen.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.zhiwen.account.NotAllowed;
import io.zhiwen.account.Principal;
import io.zhiwen.operate.OutsideServer;
import io.zhiwen.operate.OutsideServers;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// The servers elsewhere that the environment names, for services that watch an installation.
@RestController
@RequestMapping("/api/v1/settings/servers")
@Tag(name = "Operation")
class ServersApi {

    @Schema(name = "OutsideServer")
    record ServerJson(
            @Schema(allowableValues = {"oidc", "embedding", "reranker", "transcription", "vision"})
                    String name,
            @Schema(example = "zhiwen.embedding.url") String setting,
            String address) {

        static ServerJson of(OutsideServer server) {
            return new ServerJson(server.name(), server.setting(), server.address());
        }
    }

    @Schema(name = "OutsideServerList")
    record ServersJson(List<ServerJson> items) {}

    @Schema(name = "OutsideServerTrial")
    record TrialJson(
            boolean well,
            double seconds,
            @Schema(description = "What it gave, or why it gave nothing.") String said) {}

    private final OutsideServers servers;

    ServersApi(OutsideServers servers) {
        this.servers = servers;
    }

    @GetMapping
    @Operation(
            summary = "List the servers elsewhere that are set",
            description = "Chat models have a list of their own. For keys with all rights.")
    ServersJson all(Principal.Key key) {
        NotAllowed.unlessAdmin(key, "settings are for admins");
        return new ServersJson(servers.all().stream().map(ServerJson::of).toList());
    }

    @PostMapping("/{outside}/test")
    @Operation(
            summary = "Ask such a server for what it is there for",
            description =
                    "A provider of sign-ins for its metadata, embedding models for a vector, a"
                            + " reranker for scores, a transcription server for what is said in"
                            + " silence, a model that sees for what is on a white page. 200 also when it gives nothing: `well` says so. For keys"
                            + " with all rights.")
    TrialJson attempt(Principal.Key key, @PathVariable String outside) {
        NotAllowed.unlessAdmin(key, "settings are for admins");
        var trial = servers.attempt(outside).orElseThrow(() -> new NotThere("server"));
        return new TrialJson(trial.well(), trial.took().toMillis() / 1e3, trial.said());
    }
}
