package io.zhiwen.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.zhiwen.account.Access;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Right;
import io.zhiwen.ask.Answering;
import io.zhiwen.ask.prompt.BaseInstructions;
import io.zhiwen.ask.prompt.Instructions;
import io.zhiwen.ask.prompt.Prompts;
import io.zhiwen.ask.question.Questions;
import io.zhiwen.ask.question.Tongue;
import io.zhiwen.ingest.chunk.Language;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// What the model is told for one base: read, changed, previewed, tried before it is kept.
@RestController
@RequestMapping("/api/v1/knowledge-bases/{id}/prompt")
@Tag(name = "Knowledge bases")
class PromptsApi {

    @Schema(
            name = "BasePrompt",
            description =
                    "What the model is told for a base or through an assistant. Empty parts are what is built in; the rules"
                            + " on evidence, citing and refusing always stay.")
    record PromptJson(
            @Schema(description = "Who it is.") @Size(max = Instructions.LONGEST)
                    @Nullable String role,
            @Schema(description = "What it does.") @Size(max = Instructions.LONGEST)
                    @Nullable String task,
            @Schema(description = "How it is to answer, beside the rules.")
                    @Size(max = Instructions.LONGEST)
                    @Nullable String requirements,
            @Schema(description = "What it should know.") @Size(max = Instructions.LONGEST)
                    @Nullable String notes) {

        static PromptJson of(Instructions told) {
            return new PromptJson(told.role(), told.task(), told.requirements(), told.notes());
        }

        Instructions instructions() {
            return new Instructions(or(role), or(task), or(requirements), or(notes));
        }

        private static String or(@Nullable String part) {
            return part == null ? "" : part;
        }
    }

    @Schema(name = "BasePromptPreview")
    record PreviewJson(
            @Schema(description = "As the model gets it before any passage.") String system) {}

    @Schema(name = "BasePromptTrial")
    record TrialRequest(
            @NotBlank String question,
            @Schema(description = "To try; the base's own when left out.") @Valid
                    @Nullable PromptJson prompt) {}

    private final BaseInstructions stored;
    private final Prompts prompts;
    private final Questions questions;
    private final Answers answers;
    private final Access access;
    private final Citing citing;
    private final Sentences sentences;

    PromptsApi(
            BaseInstructions stored,
            Prompts prompts,
            Questions questions,
            Answers answers,
            Access access,
            Citing citing,
            Sentences sentences) {
        this.stored = stored;
        this.prompts = prompts;
        this.questions = questions;
        this.answers = answers;
        this.access = access;
        this.citing = citing;
        this.sentences = sentences;
    }

    @GetMapping
    @Operation(
            summary = "See what the model is told for a base",
            description = "For keys that manage the base.")
    PromptJson get(Principal.Key key, @PathVariable UUID id) {
        return PromptJson.of(stored.of(key, new KnowledgeBaseId(id)));
    }

    @PutMapping
    @Operation(
            summary = "Change what the model is told for a base",
            description =
                    "Whole, in force with the next question; what is left out is what is built in."
                            + " For keys that manage the base.")
    PromptJson change(
            Principal.Key key, @PathVariable UUID id, @Valid @RequestBody PromptJson wanted) {
        stored.save(key, new KnowledgeBaseId(id), wanted.instructions());
        return get(key, id);
    }

    @PostMapping("/preview")
    @Operation(
            summary = "See a prompt as the model would get it",
            description =
                    "In English, or in Chinese where `Accept-Language` asks for it; keeps nothing."
                            + " For keys that manage the base.")
    PreviewJson preview(
            Principal.Key key,
            @PathVariable UUID id,
            @Valid @RequestBody PromptJson wanted,
            @Parameter(hidden = true) @RequestHeader HttpHeaders headers) {
        stored.of(key, new KnowledgeBaseId(id));
        var language =
                Sentences.language(headers).equals(Locale.CHINESE) ? Language.ZH : Language.EN;
        return new PreviewJson(prompts.rules(Tongue.of("", language), wanted.instructions()));
    }

    @PostMapping("/test")
    @Operation(
            summary = "Try a prompt with a question",
            description = "Answers from the base alone; keeps nothing. For keys that manage it.")
    AnswerJson test(
            Principal.Key key,
            @PathVariable UUID id,
            @Valid @RequestBody TrialRequest wanted,
            @Parameter(hidden = true) @RequestHeader HttpHeaders headers) {
        var base = new KnowledgeBaseId(id);
        var now = stored.of(key, base);
        var tried = wanted.prompt();
        var ask =
                new Answering.Ask(
                                questions.checked(wanted.question()),
                                List.of(),
                                access.chosenBy(key, Right.ASK, List.of(base)),
                                tried == null ? now : tried.instructions())
                        .paidBy(key.id().toString());
        var answer = answers.whole(key, ask);
        return AnswerJson.of(
                answer,
                citing.told(key, answer.citations()),
                sentences,
                Sentences.language(headers));
    }
}
