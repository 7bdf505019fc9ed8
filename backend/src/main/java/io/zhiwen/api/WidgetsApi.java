package io.zhiwen.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.zhiwen.account.Principal;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.widget.Widget;
import io.zhiwen.widget.WidgetWish;
import io.zhiwen.widget.Widgets;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/widgets")
@Tag(name = "Widgets")
class WidgetsApi {

    @Schema(name = "WidgetRequest")
    record Wanted(
            @NotBlank String name,
            @Schema(
                            description = "Sites whose pages may show it, and no others.",
                            example = "[\"https://intranet.example\"]")
                    @NotEmpty
                    List<@NotBlank String> origins,
            @JsonProperty("knowledge_base_ids") @NotEmpty List<@NotNull UUID> bases,
            @Schema(description = "A user whose rights it has; null: those of everyone signed in.")
                    @JsonProperty("reader_id")
                    @Nullable UUID reader,
            @JsonProperty("requests_per_minute") @Positive @Nullable Integer perMinute,
            @JsonProperty("tokens_per_day") @Positive @Nullable Long tokensPerDay) {

        WidgetWish wish() {
            return new WidgetWish(
                    name,
                    origins,
                    bases.stream().map(KnowledgeBaseId::new).collect(Collectors.toSet()),
                    reader,
                    perMinute,
                    tokensPerDay);
        }
    }

    @Schema(name = "WidgetOrigins")
    record Allowed(@NotEmpty List<@NotBlank String> origins) {}

    @Schema(name = "Widget")
    record WidgetJson(
            UUID id,
            String name,
            @Schema(description = "What stands in the pages; no secret.")
                    @JsonProperty("public_key")
                    String publicKey,
            List<String> origins,
            @JsonProperty("knowledge_base_ids") List<UUID> bases,
            @JsonProperty("reader_id") @Nullable UUID reader,
            @JsonProperty("requests_per_minute") @Nullable Integer perMinute,
            @JsonProperty("tokens_per_day") @Nullable Long tokensPerDay,
            boolean revoked,
            @JsonProperty("created_at") Instant createdAt,
            @JsonProperty("last_used_at") @Nullable Instant lastUsedAt) {

        static WidgetJson of(Widget widget) {
            return new WidgetJson(
                    widget.id(),
                    widget.name(),
                    widget.publicKey(),
                    widget.origins(),
                    widget.bases().stream().map(KnowledgeBaseId::value).toList(),
                    widget.reader(),
                    widget.perMinute(),
                    widget.tokensPerDay(),
                    widget.revoked(),
                    widget.createdAt(),
                    widget.lastUsedAt());
        }
    }

    @Schema(name = "Widgets")
    record All(List<WidgetJson> items) {}

    private final Widgets widgets;

    WidgetsApi(Widgets widgets) {
        this.widgets = widgets;
    }

    @GetMapping
    @Operation(summary = "List widgets", description = "For keys with all rights. Newest first.")
    All list(Principal.Key key) {
        return new All(widgets.all(key).stream().map(WidgetJson::of).toList());
    }

    @PostMapping
    @Operation(
            summary = "Make a widget",
            description = "A chat for pages of other sites; its public key can only ask.")
    ResponseEntity<WidgetJson> create(Principal.Key key, @Valid @RequestBody Wanted wanted) {
        var made = widgets.create(key, wanted.wish());
        return ResponseEntity.created(URI.create("/api/v1/widgets/" + made.id()))
                .body(WidgetJson.of(made));
    }

    @PutMapping("/{widget}/origins")
    @Operation(summary = "Say which sites may show a widget")
    WidgetJson allow(
            Principal.Key key, @PathVariable UUID widget, @Valid @RequestBody Allowed allowed) {
        return widgets.allow(key, widget, allowed.origins())
                .map(WidgetJson::of)
                .orElseThrow(() -> new NotThere("widget"));
    }

    @DeleteMapping("/{widget}")
    @Operation(summary = "Take a widget back", description = "It answers no more.")
    ResponseEntity<Void> revoke(Principal.Key key, @PathVariable UUID widget) {
        if (!widgets.revoke(key, widget)) {
            throw new NotThere("widget");
        }
        return ResponseEntity.noContent().build();
    }
}
