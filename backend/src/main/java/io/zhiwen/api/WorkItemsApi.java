package io.zhiwen.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.zhiwen.account.Principal;
import io.zhiwen.curate.WorkItem;
import io.zhiwen.curate.WorkList;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/work-items")
@Tag(name = "Work list")
class WorkItemsApi {

    /// What somebody can do with an item besides answering it.
    enum Wish {
        open,
        wanted,
        dismissed,
        done
    }

    @Schema(name = "WorkItemRequest")
    record Wanted(
            @Schema(
                            description =
                                    "`wanted`: a document is to be brought; `dismissed`: put aside;"
                                            + " `done`: only after it was asked again and worked.")
                    @NotNull
                    Wish state,
            @Nullable String note) {}

    @Schema(name = "WorkItemAssignment")
    record Assigned(
            @Schema(description = "Id of a user who manages the base; null for nobody.")
                    @Nullable UUID user) {}

    @Schema(name = "WorkItemBase")
    record Given(
            @Schema(description = "One that the key manages too.")
                    @JsonProperty("knowledge_base_id")
                    @NotNull
                    UUID base) {}

    @Schema(name = "WorkItem")
    record WorkJson(
            UUID id,
            @JsonProperty("knowledge_base_id") @Nullable UUID knowledgeBaseId,
            String question,
            List<String> wordings,
            @Schema(description = "How often it was refused, weak, unsupported or thumbed down.")
                    Map<String, Long> reasons,
            long asked,
            long askers,
            String state,
            @JsonProperty("assigned_to") @Nullable UUID assignedTo,
            String note,
            @JsonProperty("approved_answer_id") @Nullable UUID approvedAnswerId,
            @Schema(description = "What came when it was asked again.") List<ProofJson> proof,
            @JsonProperty("proven_at") @Nullable Instant provenAt,
            @JsonProperty("last_asked") Instant lastAsked) {

        static WorkJson of(WorkItem item) {
            Map<String, Long> reasons = new TreeMap<>();
            item.reasons().forEach((why, count) -> reasons.put(why.code(), count));
            return new WorkJson(
                    item.id(),
                    item.base() == null ? null : item.base().value(),
                    item.question(),
                    item.wordings(),
                    reasons,
                    item.asked(),
                    item.askers(),
                    item.state().code(),
                    item.assignedTo(),
                    item.note(),
                    item.approved(),
                    item.proof().stream().map(ProofJson::of).toList(),
                    item.provenAt(),
                    item.lastAsked());
        }
    }

    @Schema(name = "WorkItemProof")
    record ProofJson(
            String question, boolean works, String engine, String answer, List<String> sources) {

        static ProofJson of(WorkItem.Proof proof) {
            return new ProofJson(
                    proof.question(),
                    proof.works(),
                    proof.engine(),
                    proof.answer(),
                    proof.sources());
        }
    }

    @Schema(name = "WorkItems")
    record All(List<WorkJson> items, @Schema(description = "Of all pages.") long total) {}

    private final WorkList work;

    WorkItemsApi(WorkList work) {
        this.work = work;
    }

    @GetMapping
    @Operation(
            summary = "List questions that did not get a good answer",
            description = "Those of one meaning together, the most asked first.")
    All list(
            Principal principal,
            @RequestParam(name = "knowledge_base_id") @Nullable UUID base,
            @Schema(description = "Whether those that are done or dismissed, or the others.")
                    @RequestParam(defaultValue = "false")
                    boolean closed,
            @Schema(description = "Words that one of its wordings holds.")
                    @RequestParam(defaultValue = "")
                    String q,
            @Schema(description = "From 1.") @RequestParam(defaultValue = "1") @Min(1) int page,
            @RequestParam(defaultValue = "200") @Min(1) @Max(Page.MAX_LIMIT) int limit) {
        var id = base == null ? null : new KnowledgeBaseId(base);
        var found = work.page(principal, id, closed, q.strip(), page, limit);
        return new All(found.rows().stream().map(WorkJson::of).toList(), found.total());
    }

    @GetMapping("/{item}")
    @Operation(summary = "Look at a work item")
    WorkJson get(Principal principal, @PathVariable UUID item) {
        return told(work.find(principal, item));
    }

    @PutMapping("/{item}")
    @Operation(summary = "Ask for a document, put an item aside, open it again, or close it")
    WorkJson move(Principal principal, @PathVariable UUID item, @Valid @RequestBody Wanted wanted) {
        var state =
                switch (wanted.state()) {
                    case open -> WorkItem.State.OPEN;
                    case wanted -> WorkItem.State.WANTED;
                    case dismissed -> WorkItem.State.DISMISSED;
                    case done -> WorkItem.State.DONE;
                };
        var note = Objects.requireNonNullElse(wanted.note(), "");
        try {
            return told(work.move(principal, item, state, note));
        } catch (WorkList.NotProven _) {
            throw new Refused(
                    HttpStatus.CONFLICT, "not-proven", "Ask it again first; it must work then.");
        }
    }

    @PutMapping("/{item}/knowledge-base")
    @Operation(summary = "Give an item to those who manage another knowledge base")
    WorkJson give(Principal principal, @PathVariable UUID item, @Valid @RequestBody Given given) {
        return told(work.give(principal, item, new KnowledgeBaseId(given.base())));
    }

    @PutMapping("/{item}/assignee")
    @Operation(summary = "Say who sees to it")
    WorkJson assign(Principal principal, @PathVariable UUID item, @RequestBody Assigned assigned) {
        return told(work.assign(principal, item, assigned.user()));
    }

    @PostMapping("/{item}/answer")
    @Operation(
            summary = "Approve an answer for it and ask it again",
            description = "It is done when all its wordings work.")
    WorkJson answer(
            Principal principal,
            @PathVariable UUID item,
            @Valid @RequestBody ApprovedAnswersApi.Wanted wanted) {
        return told(work.answer(principal, item, wanted.draft()));
    }

    @PostMapping("/{item}/check")
    @Operation(
            summary = "Ask it again",
            description =
                    "It is done when all its wordings get an answer the sources bear out; where"
                            + " somebody thumbed such an answer down, look at the proof and close"
                            + " it.")
    WorkJson check(Principal principal, @PathVariable UUID item) {
        return told(work.check(principal, item));
    }

    private static WorkJson told(Optional<WorkItem> item) {
        return item.map(WorkJson::of).orElseThrow(() -> new NotThere("work item"));
    }
}
