package io.zhiwen.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.zhiwen.account.Access;
import io.zhiwen.account.Principal;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.suggest.FirstQuestions;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/knowledge-bases/{id}/first-questions")
@Tag(name = "Knowledge bases")
class FirstQuestionsApi {

    @Schema(name = "FirstQuestions")
    record QuestionsJson(
            List<String> questions,
            @Schema(
                            description =
                                    "Whether a manager wrote them. Else they are made from the headings of"
                                            + " the documents this key may read.")
                    boolean edited) {}

    @Schema(name = "FirstQuestionsRequest")
    record Wanted(
            @NotNull @Size(max = FirstQuestions.MOST)
                    List<@NotNull @Size(max = FirstQuestions.LONGEST) String> questions) {}

    private final FirstQuestions questions;
    private final Access access;

    FirstQuestionsApi(FirstQuestions questions, Access access) {
        this.questions = questions;
        this.access = access;
    }

    @GetMapping
    @Operation(summary = "Questions to begin with")
    QuestionsJson get(Principal principal, @PathVariable UUID id) {
        return questions
                .of(access.everythingFor(principal), new KnowledgeBaseId(id))
                .map(now -> new QuestionsJson(now.questions(), now.edited()))
                .orElseThrow(() -> new NotThere("knowledge base"));
    }

    @PutMapping
    @Operation(
            summary = "Write the questions to begin with",
            description = "For keys with all rights. Everyone who reads in the base sees them.")
    QuestionsJson put(
            Principal principal, @PathVariable UUID id, @Valid @RequestBody Wanted wanted) {
        questions.save(principal, new KnowledgeBaseId(id), wanted.questions());
        return get(principal, id);
    }

    @DeleteMapping
    @Operation(
            summary = "Make the questions to begin with from headings again",
            description = "For keys with all rights.")
    ResponseEntity<Void> reset(Principal principal, @PathVariable UUID id) {
        questions.reset(principal, new KnowledgeBaseId(id));
        return ResponseEntity.noContent().build();
    }
}
