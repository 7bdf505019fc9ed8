package io.zhiwen.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.zhiwen.account.Access;
import io.zhiwen.account.ApiKeyRow;
import io.zhiwen.account.ApiKeys;
import io.zhiwen.account.KeyLimits;
import io.zhiwen.account.KeyScope;
import io.zhiwen.account.KeyWish;
import io.zhiwen.account.NoSuchKnowledgeBase;
import io.zhiwen.account.Principal;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.Library;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Keys of programs, made and taken back by a program.
@RestController
@RequestMapping("/api/v1/keys")
@Tag(name = "Rights")
class KeysApi {

    private static final String FOR_ADMINS = "For keys with all rights.";

    @Schema(name = "KeyRequest")
    record Wanted(
            @NotBlank String name,
            @Schema(description = "Empty for all of them, those of later included.")
                    @JsonProperty("knowledge_base_ids")
                    @NotNull
                    List<@NotNull UUID> bases,
            @ArraySchema(schema = @Schema(allowableValues = {"search", "ask", "upload", "manage"}))
                    @NotEmpty
                    List<@NotBlank String> scopes,
            @Schema(description = "Whether it may pass the rights of a user through.")
                    @JsonProperty("on_behalf_of")
                    @Nullable Boolean onBehalfOf,
            @JsonProperty("requests_per_minute") @Positive @Nullable Integer requestsPerMinute,
            @JsonProperty("tokens_per_day") @Positive @Nullable Long tokensPerDay,
            @JsonProperty("expires_at") @Nullable Instant expiresAt) {

        KeyWish wish() {
            return new KeyWish(
                    name,
                    bases.isEmpty(),
                    ids(),
                    scopes.stream().map(Wanted::scope).collect(Collectors.toSet()),
                    Boolean.TRUE.equals(onBehalfOf),
                    new KeyLimits(requestsPerMinute, tokensPerDay),
                    expiresAt);
        }

        Set<KnowledgeBaseId> ids() {
            return bases.stream().map(KnowledgeBaseId::new).collect(Collectors.toSet());
        }

        private static KeyScope scope(String word) {
            return KeyScope.named(word)
                    .orElseThrow(
                            () ->
                                    new Refused(
                                            HttpStatus.BAD_REQUEST,
                                            "invalid-request",
                                            "The scopes are search, ask, upload and manage.",
                                            "scopes"));
        }
    }

    @Schema(name = "Key")
    record KeyJson(
            UUID id,
            String name,
            @Schema(example = "zw_k3v9q2") String prefix,
            @JsonProperty("all_knowledge_bases") boolean allBases,
            @JsonProperty("knowledge_base_ids") List<UUID> bases,
            List<String> scopes,
            @JsonProperty("on_behalf_of") boolean onBehalfOf,
            @JsonProperty("requests_per_minute") @Nullable Integer requestsPerMinute,
            @JsonProperty("tokens_per_day") @Nullable Long tokensPerDay,
            @JsonProperty("created_at") Instant createdAt,
            @JsonProperty("expires_at") @Nullable Instant expiresAt,
            @JsonProperty("last_used_at") @Nullable Instant lastUsedAt,
            @JsonProperty("revoked_at") @Nullable Instant revokedAt) {

        static KeyJson of(ApiKeyRow row) {
            return new KeyJson(
                    row.id(),
                    row.name(),
                    row.prefix(),
                    row.allBases(),
                    row.bases().stream().map(KnowledgeBaseId::value).sorted().toList(),
                    row.scopes().stream().sorted().map(KeyScope::word).toList(),
                    row.mayActForUsers(),
                    row.limits().requestsPerMinute(),
                    row.limits().tokensPerDay(),
                    row.createdAt(),
                    row.expiresAt(),
                    row.lastUsedAt(),
                    row.revokedAt());
        }
    }

    @Schema(name = "Keys")
    record KeysJson(List<KeyJson> items) {}

    @Schema(name = "NewKey")
    record MadeJson(
            KeyJson key,
            @Schema(description = "Sent as `Authorization: Bearer …`; told this once.")
                    String secret) {}

    private final ApiKeys keys;
    private final Library library;
    private final Access access;

    KeysApi(ApiKeys keys, Library library, Access access) {
        this.keys = keys;
        this.library = library;
        this.access = access;
    }

    @GetMapping
    @Operation(
            summary = "List the keys",
            description = "Newest first, with those of widgets and those revoked. " + FOR_ADMINS)
    KeysJson list(Principal principal) {
        return new KeysJson(keys.list(principal).stream().map(KeyJson::of).toList());
    }

    @PostMapping
    @Operation(summary = "Make a key", description = FOR_ADMINS)
    ResponseEntity<MadeJson> create(Principal principal, @Valid @RequestBody Wanted wanted) {
        var wish = wanted.wish();
        if (principal.isAdmin()) {
            var there = access.everythingFor(principal);
            for (var base : wish.bases()) {
                if (library.base(there, base).isEmpty()) {
                    throw new NoSuchKnowledgeBase(base);
                }
            }
        }
        var made = keys.create(principal, wish);
        return ResponseEntity.created(URI.create("/api/v1/keys/" + made.row().id()))
                .cacheControl(CacheControl.noStore())
                .body(new MadeJson(KeyJson.of(made.row()), made.secret()));
    }

    @DeleteMapping("/{id}")
    @Operation(
            summary = "Revoke a key",
            description =
                    "Refused from its next request on; a running answer ends within seconds. "
                            + FOR_ADMINS)
    ResponseEntity<Void> revoke(Principal principal, @PathVariable UUID id) {
        keys.revoke(principal, id);
        return ResponseEntity.noContent().build();
    }
}
