package io.zhiwen.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.zhiwen.account.Principal;
import io.zhiwen.api.FindingsApi.FindingJson;
import io.zhiwen.ingest.clean.Excerpt;
import io.zhiwen.ingest.doubt.Doubt;
import io.zhiwen.ingest.doubt.HoldReason;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.HeldDocuments;
import io.zhiwen.library.HeldVersion;
import io.zhiwen.library.HoldPolicies;
import io.zhiwen.library.Quarantine;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1")
@Tag(name = "Quarantine")
class QuarantineApi {

    @Schema(name = "HoldPolicy", description = "What a base holds new versions back for.")
    record PolicyJson(
            @Schema(
                            description =
                                    "Empty: nothing is held back. `unmanaged`: whatever sources bring,"
                                            + " and people or keys that do not manage the base.",
                            allowableValues = {
                                "sensitive-data",
                                "hidden-text",
                                "poor-quality",
                                "near-duplicate",
                                "unmanaged"
                            })
                    @NotNull
                    List<String> holds) {

        static PolicyJson of(Set<Doubt> doubts) {
            return new PolicyJson(
                    Doubt.CHOICES.stream().filter(doubts::contains).map(Doubt::code).toList());
        }

        Set<Doubt> doubts() {
            Set<Doubt> doubts = EnumSet.noneOf(Doubt.class);
            for (String code : holds) {
                doubts.add(
                        Doubt.chosen(code)
                                .orElseThrow(
                                        () ->
                                                new Refused(
                                                        HttpStatus.BAD_REQUEST,
                                                        "invalid-request",
                                                        "A base cannot hold back \"" + code + "\".",
                                                        "holds")));
            }
            return doubts;
        }
    }

    @Schema(name = "HoldReason")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ReasonJson(
            @Schema(
                            allowableValues = {
                                "sensitive-data",
                                "hidden-text",
                                "poor-quality",
                                "near-duplicate",
                                "unmanaged",
                                "by-hand",
                                "rejected-before"
                            })
                    String doubt,
            @Nullable FindingJson finding,
            @Schema(description = "Where it stands; numbers and secrets are illegible.")
                    List<ExcerptJson> excerpts,
            @Schema(description = "The document that says nearly the same.")
                    @JsonProperty("document_id")
                    @Nullable UUID documentId,
            @Schema(description = "How much of this version is in that document.")
                    @Nullable Integer percent,
            @Schema(description = "What a person said.") String note) {

        static ReasonJson of(HoldReason reason, MessageSource messages, Locale language) {
            var finding = reason.finding();
            return new ReasonJson(
                    reason.doubt().code(),
                    finding == null ? null : FindingJson.of(finding, messages, language),
                    reason.excerpts().stream().map(ExcerptJson::of).toList(),
                    reason.document(),
                    reason.document() == null ? null : reason.percent(),
                    reason.note());
        }
    }

    @Schema(name = "Excerpt")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ExcerptJson(@Nullable Integer page, @Nullable String sheet, String text) {

        static ExcerptJson of(Excerpt excerpt) {
            return new ExcerptJson(excerpt.page(), excerpt.sheet(), excerpt.text());
        }
    }

    @Schema(name = "HeldDocument", description = "A version that waits for a decision.")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record HeldJson(
            @JsonProperty("document_id") UUID documentId,
            int version,
            String name,
            @JsonProperty("knowledge_base_id") UUID knowledgeBaseId,
            @JsonProperty("uploaded_by") String uploadedBy,
            @JsonProperty("uploaded_at") Instant uploadedAt,
            @JsonProperty("held_at") Instant heldAt,
            @Schema(description = "Who put it into quarantine; absent for the rules of the base.")
                    @JsonProperty("held_by")
                    @Nullable String heldBy,
            @Schema(description = "The version that is found meanwhile; absent for none.")
                    @JsonProperty("live_version")
                    @Nullable Integer liveVersion,
            List<ReasonJson> reasons) {

        static HeldJson of(HeldVersion held, MessageSource messages, Locale language) {
            return new HeldJson(
                    held.document().value(),
                    held.version(),
                    held.fileName(),
                    held.base().value(),
                    held.uploadedBy(),
                    held.uploadedAt(),
                    held.heldAt(),
                    held.heldBy(),
                    held.live(),
                    held.reasons().stream()
                            .map(reason -> ReasonJson.of(reason, messages, language))
                            .toList());
        }
    }

    @Schema(name = "HeldDocuments")
    record AllJson(List<HeldJson> items) {}

    @Schema(name = "HeldRef")
    record RefJson(@JsonProperty("document_id") @NotNull UUID documentId, @Positive int version) {}

    @Schema(name = "ReleaseRequest")
    record ReleaseJson(@NotEmpty @Size(max = 500) List<@Valid @NotNull RefJson> items) {

        List<HeldVersion.Ref> refs() {
            return QuarantineApi.refs(items);
        }
    }

    @Schema(name = "RejectRequest")
    record RejectJson(
            @NotEmpty @Size(max = 500) List<@Valid @NotNull RefJson> items,
            @Schema(description = "Told to whoever brought them.") @Size(max = 500)
                    @Nullable String reason) {

        List<HeldVersion.Ref> refs() {
            return QuarantineApi.refs(items);
        }
    }

    @Schema(name = "QuarantineRequest")
    record HoldJson(
            @JsonProperty("document_ids") @NotEmpty @Size(max = 500)
                    List<@NotNull UUID> documentIds,
            @Size(max = 500) @Nullable String reason) {}

    @Schema(name = "QuarantineResult")
    record ChangedJson(@Schema(description = "How many are different now.") int changed) {}

    private final HeldDocuments held;
    private final Quarantine quarantine;
    private final HoldPolicies policies;
    private final MessageSource messages;

    QuarantineApi(
            HeldDocuments held,
            Quarantine quarantine,
            HoldPolicies policies,
            MessageSource messages) {
        this.held = held;
        this.quarantine = quarantine;
        this.policies = policies;
        this.messages = messages;
    }

    @GetMapping("/held-documents")
    @Operation(
            summary = "List versions that wait for a decision",
            description = "Of bases the key manages, the longest waiting first, 100 at most.")
    AllJson list(
            Principal principal,
            @RequestParam(name = "knowledge_base_id") @Nullable UUID base,
            @Parameter(hidden = true) @RequestHeader HttpHeaders headers) {
        var language = Sentences.language(headers);
        var all = held.waiting(principal, base == null ? null : new KnowledgeBaseId(base));
        return new AllJson(all.stream().map(one -> HeldJson.of(one, messages, language)).toList());
    }

    @PostMapping("/held-documents/release")
    @Operation(
            summary = "Have readers find versions that are held",
            description =
                    "Exactly these versions, at once. Those that do not wait any more, or are not"
                            + " this key's to decide on, are left out.")
    ChangedJson release(Principal principal, @Valid @RequestBody ReleaseJson body) {
        return new ChangedJson(quarantine.release(principal, body.refs()));
    }

    @PostMapping("/held-documents/reject")
    @Operation(
            summary = "Reject versions that are held",
            description =
                    "What is found stays as it is; a document that has no live version has failed,"
                            + " with the reason `rejected`.")
    ChangedJson reject(Principal principal, @Valid @RequestBody RejectJson body) {
        var reason = Objects.requireNonNullElse(body.reason(), "");
        return new ChangedJson(quarantine.reject(principal, body.refs(), reason));
    }

    @PostMapping("/knowledge-bases/{id}/held-documents")
    @Operation(
            summary = "Put documents into quarantine",
            description =
                    "Nobody finds or sees them from now on, until somebody who manages the base"
                            + " releases them.")
    ChangedJson hold(
            Principal principal, @PathVariable UUID id, @Valid @RequestBody HoldJson body) {
        var documents = body.documentIds().stream().distinct().map(DocumentId::new).toList();
        var reason = Objects.requireNonNullElse(body.reason(), "");
        return new ChangedJson(
                quarantine.hold(principal, new KnowledgeBaseId(id), documents, reason));
    }

    @GetMapping("/knowledge-bases/{id}/quarantine")
    @Operation(summary = "See what a base holds new versions back for")
    PolicyJson policy(Principal principal, @PathVariable UUID id) {
        return PolicyJson.of(policies.of(principal, new KnowledgeBaseId(id)));
    }

    @PutMapping("/knowledge-bases/{id}/quarantine")
    @Operation(
            summary = "Say what a base holds new versions back for",
            description = "For documents read from now on.")
    PolicyJson policy(
            Principal principal, @PathVariable UUID id, @Valid @RequestBody PolicyJson body) {
        var base = new KnowledgeBaseId(id);
        policies.of(principal, base);
        policies.save(principal, base, body.doubts());
        return PolicyJson.of(policies.of(principal, base));
    }

    private static List<HeldVersion.Ref> refs(List<RefJson> items) {
        return items.stream()
                .distinct()
                .map(one -> new HeldVersion.Ref(new DocumentId(one.documentId()), one.version()))
                .toList();
    }
}
