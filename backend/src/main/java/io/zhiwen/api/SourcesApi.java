package io.zhiwen.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.zhiwen.account.Principal;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.FolderId;
import io.zhiwen.source.Kinds;
import io.zhiwen.source.Mode;
import io.zhiwen.source.SourceDraft;
import io.zhiwen.source.SourceId;
import io.zhiwen.source.SourceRuns;
import io.zhiwen.source.Sources;
import io.zhiwen.source.What;
import io.zhiwen.source.place.Field;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Sources", description = "Places outside that bases are filled from.")
class SourcesApi {

    private static final String ALL = "/api/v1/knowledge-bases/{id}/sources";
    private static final String ONE = ALL + "/{source}";
    private static final String RUNS = ONE + "/runs";
    private static final int NEWEST_RUNS = 50;

    @Schema(name = "SourceRequest")
    record Wanted(
            @NotBlank
                    @Schema(description = "When changed, it stays what it was.", example = "folder")
                    String kind,
            @NotBlank String name,
            @Schema(description = "Of its kind. A secret that is left out stays.")
                    @Nullable Map<String, String> fields,
            @Schema(description = "Of the base; its top unless given.") @JsonProperty("folder_id")
                    @Nullable UUID folderId,
            @Schema(description = "Left out: read only when somebody asks.")
                    @JsonProperty("every_minutes")
                    @Nullable Integer everyMinutes) {

        private SourceDraft draft() {
            return new SourceDraft(
                    kind,
                    name,
                    folderId == null ? null : new FolderId(folderId),
                    fields == null ? Map.of() : fields,
                    everyMinutes);
        }
    }

    @Schema(name = "SourceRunRequest")
    record WantedRun(
            @Schema(
                            defaultValue = "sync",
                            allowableValues = {"sync", "try", "accept"})
                    @Nullable String mode) {}

    @Schema(name = "Sources")
    record SourcesJson(List<SourceJson> items) {}

    @Schema(name = "SourceRuns")
    record RunsJson(List<SourceRunJson> items) {}

    @Schema(name = "SourceKinds")
    record KindsJson(List<KindJson> items) {}

    @Schema(name = "SourceKind")
    record KindJson(String kind, List<FieldJson> fields) {}

    @Schema(name = "SourceField")
    record FieldJson(
            String name,
            @Schema(allowableValues = {"text", "lines", "number", "choice", "secret"}) String type,
            boolean required,
            String standard) {

        static FieldJson of(Field field) {
            return new FieldJson(
                    field.name(),
                    field.type().name().toLowerCase(Locale.ROOT),
                    field.required(),
                    field.standard());
        }
    }

    private final Sources sources;
    private final SourceRuns runs;
    private final Kinds kinds;

    SourcesApi(Sources sources, SourceRuns runs, Kinds kinds) {
        this.sources = sources;
        this.runs = runs;
        this.kinds = kinds;
    }

    @GetMapping("/api/v1/source-kinds")
    @Operation(summary = "List the kinds of sources", description = "With the fields of each.")
    KindsJson kinds() {
        return new KindsJson(
                kinds.all().stream()
                        .map(
                                kind ->
                                        new KindJson(
                                                kind.name(),
                                                kind.fields().stream().map(FieldJson::of).toList()))
                        .toList());
    }

    @GetMapping(ALL)
    @Operation(summary = "List the sources of a base", description = "For those who manage it.")
    SourcesJson list(Principal principal, @PathVariable UUID id) {
        return new SourcesJson(
                sources.of(principal, base(id)).stream().map(SourceJson::of).toList());
    }

    @PostMapping(ALL)
    @Operation(
            summary = "Add a source",
            description = "It is read when its time comes; ask for a run to read it now.")
    ResponseEntity<SourceJson> add(
            Principal principal, @PathVariable UUID id, @Valid @RequestBody Wanted wanted) {
        SourceId added = sources.add(principal, base(id), wanted.draft());
        return ResponseEntity.created(URI.create(ALL.replace("{id}", "" + id) + "/" + added))
                .body(one(principal, id, added));
    }

    @GetMapping(ONE)
    @Operation(summary = "Look at a source")
    SourceJson get(Principal principal, @PathVariable UUID id, @PathVariable UUID source) {
        return one(principal, id, new SourceId(source));
    }

    @PutMapping(ONE)
    @Operation(summary = "Change a source", description = "In force with the next run.")
    SourceJson change(
            Principal principal,
            @PathVariable UUID id,
            @PathVariable UUID source,
            @Valid @RequestBody Wanted wanted) {
        sources.change(principal, base(id), new SourceId(source), wanted.draft());
        return one(principal, id, new SourceId(source));
    }

    @DeleteMapping(ONE)
    @Operation(
            summary = "Remove a source",
            description = "Its documents stay, as if uploaded, unless `documents=true`.")
    ResponseEntity<Void> delete(
            Principal principal,
            @PathVariable UUID id,
            @PathVariable UUID source,
            @RequestParam(defaultValue = "false") boolean documents) {
        sources.delete(principal, base(id), new SourceId(source), documents);
        return ResponseEntity.noContent().build();
    }

    @PostMapping(ONE + "/test")
    @Operation(summary = "Try whether a source can be read", description = "Up to 20 seconds.")
    SourceJson.TrialJson test(
            Principal principal, @PathVariable UUID id, @PathVariable UUID source) {
        return SourceJson.TrialJson.of(runs.test(principal, base(id), new SourceId(source)));
    }

    @PostMapping(ONE + "/pause")
    @Operation(summary = "Pause a source", description = "A run in work ends.")
    SourceJson pause(Principal principal, @PathVariable UUID id, @PathVariable UUID source) {
        sources.pause(principal, base(id), new SourceId(source), true);
        return one(principal, id, new SourceId(source));
    }

    @PostMapping(ONE + "/resume")
    @Operation(summary = "Resume a source", description = "Its schedule begins at once.")
    SourceJson resume(Principal principal, @PathVariable UUID id, @PathVariable UUID source) {
        sources.pause(principal, base(id), new SourceId(source), false);
        return one(principal, id, new SourceId(source));
    }

    @GetMapping(RUNS)
    @Operation(summary = "List the newest runs of a source", description = "Newest first.")
    RunsJson runs(Principal principal, @PathVariable UUID id, @PathVariable UUID source) {
        return new RunsJson(
                runs.of(principal, base(id), new SourceId(source), NEWEST_RUNS).stream()
                        .map(SourceRunJson::of)
                        .toList());
    }

    @PostMapping(RUNS)
    @Operation(
            summary = "Read a source now",
            description =
                    "Answered when the run is queued. Where more than half of a source is gone, or"
                            + " it lists nothing, `sync` takes nothing away and says so.")
    ResponseEntity<SourceRunJson> ask(
            Principal principal,
            @PathVariable UUID id,
            @PathVariable UUID source,
            @RequestBody(required = false) @Nullable WantedRun wanted) {
        String word = wanted == null || wanted.mode() == null ? "sync" : wanted.mode();
        Mode mode =
                Mode.named(word)
                        .orElseThrow(
                                () ->
                                        new Refused(
                                                HttpStatus.BAD_REQUEST,
                                                "invalid-request",
                                                "A run is sync, try or accept.",
                                                "mode"));
        UUID run = runs.ask(principal, base(id), new SourceId(source), mode);
        return ResponseEntity.accepted().body(run(principal, id, source, run));
    }

    @PostMapping(ONE + "/stop")
    @Operation(summary = "End the run of a source", description = "What was brought stays.")
    ResponseEntity<Void> stop(
            Principal principal, @PathVariable UUID id, @PathVariable UUID source) {
        boolean _ = runs.stop(principal, base(id), new SourceId(source));
        return ResponseEntity.noContent().build();
    }

    @GetMapping(RUNS + "/{run}")
    @Operation(summary = "Look at a run")
    SourceRunJson run(
            Principal principal,
            @PathVariable UUID id,
            @PathVariable UUID source,
            @PathVariable UUID run) {
        return runs.one(principal, base(id), new SourceId(source), run)
                .map(SourceRunJson::of)
                .orElseThrow(() -> new NotThere("run"));
    }

    @GetMapping(RUNS + "/{run}/report")
    @Operation(
            summary = "Read the report of a run",
            description = "Thing by thing, by address, but for those that are as they were.")
    Page<SourceRunJson.LineJson> report(
            Principal principal,
            @PathVariable UUID id,
            @PathVariable UUID source,
            @PathVariable UUID run,
            @RequestParam @Nullable String what,
            @RequestParam @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit) {
        SourceRunJson _ = run(principal, id, source, run);
        int size = Math.clamp(limit, 1, Page.MAX_LIMIT);
        int from = from(cursor);
        What only =
                what == null
                        ? null
                        : What.named(what)
                                .orElseThrow(
                                        () ->
                                                new Refused(
                                                        HttpStatus.BAD_REQUEST,
                                                        "invalid-request",
                                                        "There is no such outcome.",
                                                        "what"));
        var lines =
                runs.report(principal, base(id), new SourceId(source), run, only, from, size + 1);
        return new Page<>(
                lines.stream().limit(size).map(SourceRunJson.LineJson::of).toList(),
                lines.size() > size ? Integer.toString(from + size) : null);
    }

    private static int from(@Nullable String cursor) {
        try {
            return cursor == null ? 0 : Math.max(0, Integer.parseInt(cursor));
        } catch (NumberFormatException e) {
            throw new Refused(
                    HttpStatus.BAD_REQUEST, "invalid-request", "This is no cursor.", "cursor");
        }
    }

    private SourceJson one(Principal principal, UUID id, SourceId source) {
        return SourceJson.of(sources.one(principal, base(id), source));
    }

    private static KnowledgeBaseId base(UUID id) {
        return new KnowledgeBaseId(id);
    }
}
