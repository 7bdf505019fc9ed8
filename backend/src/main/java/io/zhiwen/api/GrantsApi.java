package io.zhiwen.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.zhiwen.account.BaseRole;
import io.zhiwen.account.GrantRow;
import io.zhiwen.account.Grantee;
import io.zhiwen.account.Grants;
import io.zhiwen.account.KeyReason;
import io.zhiwen.account.KeyReasons;
import io.zhiwen.account.KeyScope;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Reasons;
import io.zhiwen.account.Why;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/knowledge-bases/{id}")
@Tag(name = "Rights")
class GrantsApi {

    static final String TO =
            "`user:` or `group:` and the id of one, or `everyone` for everyone signed in.";

    /// What somebody is to become.
    @Schema(name = "GrantRequest")
    record Wanted(
            @NotBlank @Schema(allowableValues = {"reader", "editor", "manager"}) String role) {}

    @Schema(name = "Grant")
    record GrantJson(
            @Schema(description = TO) String to,
            @Schema(description = "Of the person or the group.") @Nullable String name,
            @Schema(allowableValues = {"reader", "editor", "manager"}) String role,
            @JsonProperty("granted_at") Instant grantedAt) {

        static GrantJson of(GrantRow row) {
            return new GrantJson(
                    row.to().label(),
                    row.name().isEmpty() ? null : row.name(),
                    row.role().word(),
                    row.at());
        }
    }

    @Schema(name = "Grants")
    record GrantsJson(List<GrantJson> items) {}

    @Schema(name = "Reason")
    record ReasonJson(
            @Schema(allowableValues = {"reader", "editor", "manager"}) String role,
            @Schema(allowableValues = {"admin", "person", "everyone", "group", "inner_group"})
                    String by,
            @Nullable String group,
            @Schema(description = "The group inside of it that the person is in.")
                    @JsonProperty("inner_group")
                    @Nullable String inner) {

        static ReasonJson of(Why why) {
            return new ReasonJson(
                    why.role().word(),
                    why.way().name().toLowerCase(Locale.ROOT),
                    orNull(why.group()),
                    orNull(why.inner()));
        }

        private static @Nullable String orNull(String name) {
            return name.isEmpty() ? null : name;
        }
    }

    @Schema(name = "EffectiveRole")
    record Effective(
            @Schema(description = "The highest of the reasons; null for none.")
                    @Nullable String role,
            List<ReasonJson> reasons) {}

    @Schema(name = "WidgetReader", description = "Whose rights bound the key of a widget.")
    record ReaderJson(
            @Schema(description = "Null for everyone signed in.") @Nullable String user,
            @Schema(description = "Theirs in the base; none: the widget finds nothing there.")
                    List<ReasonJson> reasons) {

        static @Nullable ReaderJson of(KeyReason.@Nullable Reader reader) {
            return reader == null
                    ? null
                    : new ReaderJson(
                            reader.name(), reader.why().stream().map(ReasonJson::of).toList());
        }
    }

    @Schema(name = "KeyReason")
    record KeyReasonJson(
            UUID key,
            String name,
            @Schema(
                            allowableValues = {"all_knowledge_bases", "knowledge_base"},
                            description = "Whether it has them all or was given this one.")
                    String by,
            @Schema(description = "What it may do there.") List<String> scopes,
            @Schema(description = "Whether it may pass the rights of a user through.")
                    @JsonProperty("on_behalf_of")
                    boolean onBehalfOf,
            @Schema(description = "Null for a key that is no widget's.")
                    @Nullable ReaderJson widget) {

        static KeyReasonJson of(KeyReason one) {
            return new KeyReasonJson(
                    one.key(),
                    one.name(),
                    one.allBases() ? "all_knowledge_bases" : "knowledge_base",
                    one.scopes().stream().sorted().map(KeyScope::word).toList(),
                    one.mayActForUsers(),
                    ReaderJson.of(one.widget()));
        }
    }

    @Schema(name = "KeyReasons")
    record KeyReasonsJson(List<KeyReasonJson> items) {}

    private final Grants grants;
    private final Reasons reasons;
    private final KeyReasons keys;

    GrantsApi(Grants grants, Reasons reasons, KeyReasons keys) {
        this.grants = grants;
        this.reasons = reasons;
        this.keys = keys;
    }

    @GetMapping("/grants")
    @Operation(summary = "See who has which role in a base", description = "For its managers.")
    GrantsJson list(Principal principal, @PathVariable UUID id) {
        return new GrantsJson(
                grants.of(principal, new KnowledgeBaseId(id)).stream().map(GrantJson::of).toList());
    }

    @PutMapping("/grants/{to}")
    @Operation(
            summary = "Give a role in a base",
            description = "In place of the one they have. In force with the next request.")
    ResponseEntity<Void> give(
            Principal principal,
            @PathVariable UUID id,
            @Parameter(description = TO) @PathVariable String to,
            @Valid @RequestBody Wanted wanted) {
        var role =
                BaseRole.named(wanted.role())
                        .orElseThrow(
                                () ->
                                        new Refused(
                                                HttpStatus.BAD_REQUEST,
                                                "invalid-request",
                                                "The role is reader, editor or manager.",
                                                "role"));
        grants.give(principal, new KnowledgeBaseId(id), grantee(to), role);
        return ResponseEntity.noContent().build();
    }

    @DeleteMapping("/grants/{to}")
    @Operation(
            summary = "Take a role in a base away",
            description = "In force with the next request; a running answer ends within seconds.")
    ResponseEntity<Void> take(
            Principal principal,
            @PathVariable UUID id,
            @Parameter(description = TO) @PathVariable String to) {
        if (!grants.revoke(principal, new KnowledgeBaseId(id), grantee(to))) {
            throw new NotThere("grant");
        }
        return ResponseEntity.noContent().build();
    }

    @GetMapping("/rights")
    @Operation(
            summary = "Explain what somebody may do in a base",
            description = "Every reason that holds now, the highest role first. For its managers.")
    Effective why(Principal principal, @PathVariable UUID id, @RequestParam UUID user) {
        var why = reasons.of(principal, user, new KnowledgeBaseId(id));
        return new Effective(
                why.isEmpty() ? null : why.getFirst().role().word(),
                why.stream().map(ReasonJson::of).toList());
    }

    @GetMapping("/rights/keys")
    @Operation(
            summary = "Explain which keys and widgets reach a base",
            description = "Those that are good now, and by what. For its managers.")
    KeyReasonsJson keys(Principal principal, @PathVariable UUID id) {
        return new KeyReasonsJson(
                keys.of(principal, new KnowledgeBaseId(id)).stream()
                        .map(KeyReasonJson::of)
                        .toList());
    }

    private static Grantee grantee(String to) {
        return Grantee.named(to).orElseThrow(() -> new NotThere("person or group"));
    }
}
