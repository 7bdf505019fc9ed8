package io.zhiwen.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.zhiwen.account.NotAllowed;
import io.zhiwen.account.Principal;
import io.zhiwen.operate.Operation;
import io.zhiwen.operate.Overview;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// How the installation is, for services that watch it.
@RestController
@Tag(name = "Operation")
class StatusApi {

    @Schema(name = "Status", description = "What the database would say is null while it is away.")
    record StatusJson(
            Instant at,
            String node,
            String version,
            Instant started,
            @Schema(description = "Whether all parts are well.") boolean well,
            @Schema(description = "Parts of this node, and whether each is well.")
                    Map<String, Boolean> parts,
            @Nullable QueueJson queue,
            @Schema(description = "Null when no chat model is configured.")
                    @Nullable ModelJson model,
            @JsonProperty("model_servers") List<LineJson> modelServers,
            DiskJson disk,
            IndexJson index,
            @Schema(description = "Of the last day, on all nodes.")
                    @Nullable List<AnswersJson> answers,
            @Nullable List<NodeJson> nodes) {}

    @Schema(name = "Queue")
    record QueueJson(
            @Schema(description = "Documents by the status of their newest version.")
                    Map<String, Long> documents,
            @JsonProperty("oldest_seconds") double oldestSeconds,
            @Schema(description = "Of the last day.") long failed) {}

    @Schema(name = "Model")
    record ModelJson(
            String name,
            String url,
            @Schema(description = "asked, resting (it failed several times) or trying.")
                    String state,
            int slots,
            int used,
            int waiting,
            @JsonProperty("first_token_seconds") @Nullable Double firstTokenSeconds) {}

    @Schema(name = "ModelLine", description = "A model server's places over all nodes.")
    record LineJson(String name, int slots, int used, int waiting, List<PlacesJson> nodes) {}

    @Schema(name = "ModelPlaces", description = "Of one node.")
    record PlacesJson(String node, int used, int waiting) {}

    @Schema(name = "Disk", description = "In bytes.")
    record DiskJson(
            long free,
            long total,
            boolean low,
            @Nullable Long database,
            @Nullable Long originals,
            long index) {}

    @Schema(name = "Index")
    record IndexJson(
            int passages,
            boolean rebuilding,
            @JsonProperty("lag_changes") @Nullable Long lagChanges,
            @JsonProperty("lag_seconds") @Nullable Double lagSeconds) {}

    @Schema(name = "AnswersOfADay")
    record AnswersJson(
            @Schema(description = "answered, extractive, refused, stopped or failed.")
                    String outcome,
            long count,
            @JsonProperty("p50_seconds") double p50,
            @JsonProperty("p95_seconds") double p95) {}

    @Schema(name = "Node")
    record NodeJson(
            String name,
            String role,
            String version,
            Instant started,
            Instant seen,
            boolean lives,
            @JsonProperty("lag_changes") long lagChanges) {}

    private final Operation operation;

    StatusApi(Operation operation) {
        this.operation = operation;
    }

    @GetMapping("/api/v1/status")
    @io.swagger.v3.oas.annotations.Operation(
            summary = "How the installation is",
            description = "Needs a key with all rights.")
    StatusJson status(Principal.Key key) {
        if (!key.isAdmin()) {
            throw new NotAllowed("the status is for keys with all rights");
        }
        return json(operation.overview());
    }

    private static StatusJson json(Overview now) {
        var self = now.self();
        var answers = now.answers();
        var nodes = now.nodes();
        Map<String, Boolean> parts = new TreeMap<>();
        now.parts().forEach(part -> parts.put(part.name(), part.well()));
        return new StatusJson(
                now.at(),
                self.node(),
                self.version(),
                self.started(),
                now.isWell(),
                parts,
                queue(now.queue()),
                model(now.model()),
                now.lines().stream().map(StatusApi::line).toList(),
                disk(now.disk()),
                index(now.index()),
                answers == null ? null : answers.rows().stream().map(StatusApi::answers).toList(),
                nodes == null ? null : nodes.stream().map(StatusApi::node).toList());
    }

    private static @Nullable QueueJson queue(Overview.@Nullable Queue queue) {
        if (queue == null) {
            return null;
        }
        Map<String, Long> documents = new TreeMap<>();
        queue.documents().forEach((status, count) -> documents.put(status.code(), count));
        return new QueueJson(documents, seconds(queue.oldest()), queue.failed());
    }

    private static @Nullable ModelJson model(Overview.@Nullable Model model) {
        if (model == null) {
            return null;
        }
        var state = model.state();
        var first = model.firstToken();
        return new ModelJson(
                state.model(),
                state.url(),
                state.rest().name().toLowerCase(Locale.ROOT),
                state.slots(),
                state.used(),
                state.waiting(),
                first == null ? null : seconds(first));
    }

    private static LineJson line(Overview.ModelLine line) {
        return new LineJson(
                line.name(),
                line.slots(),
                line.used(),
                line.waiting(),
                line.nodes().stream()
                        .map(one -> new PlacesJson(one.node(), one.used(), one.waiting()))
                        .toList());
    }

    private static DiskJson disk(Overview.Disk disk) {
        return new DiskJson(
                disk.free(),
                disk.total(),
                disk.isLow(),
                disk.database(),
                disk.blobs(),
                disk.index());
    }

    private static IndexJson index(Overview.IndexState index) {
        var behind = index.behind();
        return new IndexJson(
                index.passages(),
                index.rebuilding(),
                index.changes(),
                behind == null ? null : seconds(behind));
    }

    private static AnswersJson answers(Overview.AnswerRow row) {
        return new AnswersJson(
                row.outcome().name().toLowerCase(Locale.ROOT),
                row.count(),
                seconds(row.half()),
                seconds(row.most()));
    }

    private static NodeJson node(Overview.NodeRow row) {
        return new NodeJson(
                row.name(),
                row.role(),
                row.version(),
                row.started(),
                row.seen(),
                row.lives(),
                row.lag());
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1e3;
    }
}
