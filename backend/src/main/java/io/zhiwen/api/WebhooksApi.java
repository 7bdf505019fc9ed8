package io.zhiwen.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.zhiwen.account.Principal;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.webhook.Webhook;
import io.zhiwen.webhook.WebhookWish;
import io.zhiwen.webhook.Webhooks;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/webhooks")
@Tag(name = "Webhooks")
class WebhooksApi {

    @Schema(name = "WebhookRequest")
    record Wanted(
            @NotBlank String name,
            @Schema(example = "https://example.com/zhiwen") @NotBlank String url,
            @ArraySchema(
                            schema =
                                    @Schema(
                                            allowableValues = {
                                                "document.ready",
                                                "document.failed",
                                                "document.held",
                                                "question.unanswered"
                                            }))
                    @NotEmpty
                    List<@NotBlank String> events,
            @Schema(description = "Of which; empty for all of them.")
                    @JsonProperty("knowledge_base_ids")
                    @Nullable List<@NotNull UUID> bases) {

        WebhookWish wish() {
            Set<Webhook.Event> chosen =
                    events.stream()
                            .map(code -> Webhook.Event.of(code).orElseThrow(() -> unknown(code)))
                            .collect(Collectors.toSet());
            return new WebhookWish(
                    name,
                    url,
                    chosen,
                    bases == null
                            ? Set.of()
                            : bases.stream().map(KnowledgeBaseId::new).collect(Collectors.toSet()));
        }

        private static Refused unknown(String code) {
            return new Refused(
                    HttpStatus.BAD_REQUEST,
                    "no-event",
                    "Nobody is told of " + code + ".",
                    "events");
        }
    }

    @Schema(name = "Webhook")
    record WebhookJson(
            UUID id,
            String name,
            String url,
            List<String> events,
            @Schema(description = "Empty for all of them.") @JsonProperty("knowledge_base_ids")
                    List<UUID> bases,
            @Schema(description = "Signs what is sent; told once, when it is made.")
                    @Nullable String secret,
            @Schema(description = "How much it has still to be told.") long waiting,
            @Schema(description = "Why the last try failed.") @Nullable String failing,
            @JsonProperty("created_at") Instant createdAt) {

        static WebhookJson of(Webhook webhook, @Nullable String secret) {
            return new WebhookJson(
                    webhook.id(),
                    webhook.name(),
                    webhook.url(),
                    webhook.events().stream().map(Webhook.Event::code).sorted().toList(),
                    webhook.bases().stream().map(KnowledgeBaseId::value).toList(),
                    secret,
                    webhook.waiting(),
                    webhook.failing(),
                    webhook.createdAt());
        }
    }

    @Schema(name = "WebhookDelivery")
    record DeliveryJson(
            UUID id,
            String event,
            Instant at,
            int tries,
            @Schema(description = "When it is tried next; null when that is over.")
                    @JsonProperty("due_at")
                    @Nullable Instant dueAt,
            @JsonProperty("delivered_at") @Nullable Instant deliveredAt,
            @Schema(description = "What the last try came to.") String said) {}

    @Schema(name = "Webhooks")
    record All(List<WebhookJson> items) {}

    @Schema(name = "WebhookDeliveries")
    record Deliveries(List<DeliveryJson> items) {}

    private final Webhooks webhooks;

    WebhooksApi(Webhooks webhooks) {
        this.webhooks = webhooks;
    }

    @GetMapping
    @Operation(summary = "List webhooks", description = "For keys with all rights.")
    All list(Principal.Key key) {
        return new All(webhooks.all(key).stream().map(one -> WebhookJson.of(one, null)).toList());
    }

    @PostMapping
    @Operation(
            summary = "Have an address told what happens",
            description =
                    """
                    It gets a POST with {id, event, at, data} as JSON and the headers `Zhiwen-Event`,
                    `Zhiwen-Delivery`, `Zhiwen-Timestamp` (seconds) and `Zhiwen-Signature`: `v1=` and
                    the hex HMAC-SHA256 of `<timestamp>.<body>` under the secret. Check both; answer
                    2xx within 15 seconds; the same delivery may come twice. What is not taken is
                    tried eight times in two days.""")
    ResponseEntity<WebhookJson> create(Principal.Key key, @Valid @RequestBody Wanted wanted) {
        var made = webhooks.create(key, wanted.wish());
        return ResponseEntity.created(URI.create("/api/v1/webhooks/" + made.webhook().id()))
                .body(WebhookJson.of(made.webhook(), made.secret()));
    }

    @DeleteMapping("/{webhook}")
    @Operation(summary = "Tell an address nothing more")
    ResponseEntity<Void> delete(Principal.Key key, @PathVariable UUID webhook) {
        return done(webhooks.delete(key, webhook));
    }

    @PostMapping("/{webhook}/ping")
    @Operation(summary = "Have an address told something harmless")
    ResponseEntity<Void> ping(Principal.Key key, @PathVariable UUID webhook) {
        return done(webhooks.ping(key, webhook));
    }

    @PostMapping("/{webhook}/again")
    @Operation(summary = "Try at once what waits or was given up")
    ResponseEntity<Void> again(Principal.Key key, @PathVariable UUID webhook) {
        return done(webhooks.again(key, webhook));
    }

    @GetMapping("/{webhook}/deliveries")
    @Operation(summary = "See what an address was told", description = "The newest 50.")
    Deliveries deliveries(Principal.Key key, @PathVariable UUID webhook) {
        return webhooks.deliveries(key, webhook)
                .map(all -> new Deliveries(all.stream().map(WebhooksApi::json).toList()))
                .orElseThrow(() -> new NotThere("webhook"));
    }

    private static DeliveryJson json(Webhook.Delivery one) {
        return new DeliveryJson(
                one.id(),
                one.event(),
                one.at(),
                one.tries(),
                one.dueAt(),
                one.deliveredAt(),
                one.said());
    }

    private static ResponseEntity<Void> done(boolean there) {
        if (!there) {
            throw new NotThere("webhook");
        }
        return ResponseEntity.noContent().build();
    }
}
