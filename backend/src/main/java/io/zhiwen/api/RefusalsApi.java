package io.zhiwen.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.zhiwen.account.Principal;
import io.zhiwen.ask.forbid.BaseRefusals;
import io.zhiwen.ask.forbid.Forbidden;
import io.zhiwen.ask.forbid.Hit;
import io.zhiwen.ask.forbid.UnusableRule;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/knowledge-bases/{id}/refusals")
@Tag(name = "Knowledge bases")
class RefusalsApi {

    @Schema(
            name = "Refusals",
            description =
                    "What questions and answers may not talk about; of several bases, the rules of"
                            + " all hold. A field left out is empty.")
    record RefusalsJson(
            @Schema(
                            description =
                                    "Questions or headings; what means about the same is refused."
                                            + " Compared with texts in its own language.")
                    @Nullable List<@NotNull String> topics,
            @Schema(description = "Whatever their case, width or script of Chinese.")
                    @Nullable List<@NotNull String> phrases,
            @Schema(description = "Regular expressions in RE2's syntax, whatever their case.")
                    @Nullable List<@NotNull String> patterns,
            @Schema(
                            description = "From which on a text counts as a topic.",
                            minimum = "0.5",
                            maximum = "1",
                            defaultValue = "0.75")
                    @Nullable Double likeness,
            @Schema(description = "Said instead; empty for the built-in sentence.")
                    @Nullable
                    @Size(max = Forbidden.LONGEST_LINE)
                    String reply) {

        private static RefusalsJson of(Forbidden kept) {
            return new RefusalsJson(
                    kept.topics(), kept.phrases(), kept.patterns(), kept.likeness(), kept.reply());
        }

        private Forbidden forbidden() {
            return new Forbidden(
                    orNone(topics),
                    orNone(phrases),
                    orNone(patterns),
                    likeness == null ? Forbidden.USUAL_LIKENESS : likeness,
                    reply == null ? "" : reply);
        }

        private static List<String> orNone(@Nullable List<String> lines) {
            return lines == null ? List.of() : lines;
        }
    }

    /// A text, and rules to try instead of those that are kept.
    @Schema(name = "RefusalTest")
    record Sample(
            @NotBlank @Size(max = 4_000) String text, @Nullable @Valid RefusalsJson refusals) {}

    @Schema(name = "RefusalMatch")
    record Match(
            @Schema(allowableValues = {"topic", "phrase", "pattern"}) String kind,
            String rule,
            @Schema(description = "To a topic; 1 for phrases and patterns.") double likeness) {

        private static Match of(Hit hit) {
            return new Match(
                    hit.kind().name().toLowerCase(Locale.ROOT), hit.rule(), hit.likeness());
        }
    }

    @Schema(name = "RefusalVerdict")
    record Verdict(
            boolean refused,
            @Schema(description = "The rule it came upon.") @Nullable Match match,
            @Schema(description = "The topic most alike, refused or not.")
                    @Nullable Match nearest) {}

    private final BaseRefusals refusals;

    RefusalsApi(BaseRefusals refusals) {
        this.refusals = refusals;
    }

    @GetMapping
    @Operation(
            summary = "See what a base does not talk about",
            description = "For its managers. Who came upon a rule is in the audit log.")
    RefusalsJson get(Principal principal, @PathVariable UUID id) {
        return RefusalsJson.of(refusals.in(principal, new KnowledgeBaseId(id)));
    }

    @PutMapping
    @Operation(
            summary = "Set what a base does not talk about",
            description = "In place of what was set. In force with the next question.")
    ResponseEntity<Void> set(
            Principal principal, @PathVariable UUID id, @Valid @RequestBody RefusalsJson wanted) {
        var base = new KnowledgeBaseId(id);
        refusals.in(principal, base);
        refusals.save(principal, base, forbidden(wanted));
        return ResponseEntity.noContent().build();
    }

    @PostMapping("/test")
    @Operation(
            summary = "Hold a text against what a base does not talk about",
            description = "Keeps nothing and is in no log.")
    Verdict test(Principal principal, @PathVariable UUID id, @Valid @RequestBody Sample sample) {
        var base = new KnowledgeBaseId(id);
        var kept = refusals.in(principal, base);
        var guard =
                refusals.trial(
                        base, sample.refusals() == null ? kept : forbidden(sample.refusals()));
        var hit = guard.forbids(sample.text());
        return new Verdict(
                hit.isPresent(),
                hit.map(Match::of).orElse(null),
                guard.nearestTopic(sample.text()).map(Match::of).orElse(null));
    }

    private static Forbidden forbidden(RefusalsJson wanted) {
        try {
            return wanted.forbidden();
        } catch (UnusableRule unusable) {
            throw new Refused(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "unusable-rule",
                    String.valueOf(unusable.getMessage()));
        }
    }
}
