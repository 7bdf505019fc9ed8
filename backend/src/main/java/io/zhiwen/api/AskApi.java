package io.zhiwen.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.zhiwen.account.Access;
import io.zhiwen.account.Choice;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Right;
import io.zhiwen.ask.Answer;
import io.zhiwen.ask.AskersTraces;
import io.zhiwen.ask.question.Questions;
import io.zhiwen.assistant.Assistants;
import io.zhiwen.search.Filters;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Search and answers")
class AskApi {

    @Schema(name = "AskRequest")
    record Wanted(
            @NotBlank @Schema(example = "How many days of annual leave are there?") String question,
            @ArraySchema(
                            arraySchema =
                                    @Schema(description = "Empty: everything the key may read."),
                            schema = @Schema(format = "uuid"))
                    @JsonProperty("knowledge_base_ids")
                    @Size(max = 1000)
                    @Nullable List<@NotNull String> knowledgeBaseIds,
            @ArraySchema(
                            arraySchema =
                                    @Schema(
                                            description =
                                                    "Folders to ask with all below them, beside the bases."),
                            schema = @Schema(format = "uuid"))
                    @JsonProperty("folder_ids")
                    @Size(max = 1000)
                    @Nullable List<@NotNull String> folderIds,
            @ArraySchema(
                            arraySchema =
                                    @Schema(description = "Documents to ask, beside the bases."),
                            schema = @Schema(format = "uuid"))
                    @JsonProperty("document_ids")
                    @Size(max = 1000)
                    @Nullable List<@NotNull String> documentIds,
            @Valid @Nullable FilterJson filter,
            @Schema(
                            description =
                                    "Id or name of an assistant to ask: its instructions, and of"
                                            + " its bases what the key may read. With bases,"
                                            + " folders or documents chosen beside it, these of"
                                            + " them alone.",
                            example = "Help desk")
                    @Nullable String assistant,
            @Schema(
                            description =
                                    "A chat to go on with, or `new` to begin one; a follow-up is"
                                            + " then understood with what was said before. The chat"
                                            + " is that of the user the key acts for, or the key's"
                                            + " own. Where nothing is chosen, it asks what it asked"
                                            + " last. Absent: the question stands alone and is in"
                                            + " no chat.",
                            example = "new")
                    @JsonProperty("conversation_id")
                    @Nullable String conversationId,
            @Schema(description = "Whether to tell how the answer came about, as `trace`.")
                    @Nullable Boolean trace,
            @Schema(description = "Whether to send the answer as server-sent events.")
                    @Nullable Boolean stream) {

        Choice choice() {
            return Ids.choice(knowledgeBaseIds, folderIds, documentIds);
        }
    }

    private final Answers answers;
    private final Questions questions;
    private final Askings askings;
    private final AskersTraces traces;
    private final Assistants assistants;
    private final Access access;
    private final Filters filters;
    private final Citing citing;
    private final Sentences sentences;

    AskApi(
            Answers answers,
            Questions questions,
            Askings askings,
            AskersTraces traces,
            Assistants assistants,
            Access access,
            Filters filters,
            Citing citing,
            Sentences sentences) {
        this.answers = answers;
        this.questions = questions;
        this.askings = askings;
        this.traces = traces;
        this.assistants = assistants;
        this.access = access;
        this.filters = filters;
        this.citing = citing;
        this.sentences = sentences;
    }

    @PostMapping("/api/v1/ask")
    @Operation(
            summary = "Ask a question",
            description =
                    """
                    With `"stream": true` the answer comes as server-sent events with JSON in
                    `data`: `conversation` {conversation_id} where there is one, `stage` {name,
                    count, seconds}, `sources` {passages}, `token` {text}, `thinking` {text},
                    `restarted` {note} (the text so far is void), and at the end `done` (the whole
                    answer) or `error` {code, detail}. Lines that begin with a colon keep the
                    connection open. Leave, and the answer stops; in a chat it is written on for a
                    while and kept.

                    In a chat, a question with an `Idempotency-Key` is asked once: its repetition
                    within a day is told the first one's answer, also while that is being
                    written.""")
    @ApiResponse(
            responseCode = "200",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                        schema = @Schema(implementation = AnswerJson.class)),
                @Content(
                        mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
                        schema = @Schema(type = "string"))
            })
    ResponseEntity<?> ask(
            Principal.Key key,
            @Valid @RequestBody Wanted wanted,
            @Parameter(hidden = true) @RequestHeader HttpHeaders headers) {
        var chosen = chosen(key, wanted);
        var filter = FilterJson.of(wanted.filter());
        var scope = filters.narrowed(access.chosenBy(key, Right.ASK, chosen), filter);
        var question = questions.checked(wanted.question());
        var language = Sentences.language(headers);
        var asking = askings.of(key, wanted, chosen, headers, question, scope, filter);
        var chat = asking.chat();
        Function<Answer, AnswerJson> told = answer -> told(key, answer, chat, wanted, language);
        var reply = ResponseEntity.ok();
        if (asking.again()) {
            reply.header(Idempotency.REPLAYED, "true");
        }
        try {
            if (Boolean.TRUE.equals(wanted.stream())) {
                var events =
                        new AskEvents(
                                chat, cited -> citing.told(key, cited), told, sentences, language);
                return reply.contentType(MediaType.TEXT_EVENT_STREAM)
                        .cacheControl(CacheControl.noStore())
                        .header("X-Accel-Buffering", "no")
                        .body(answers.stream(key, scope, asking.work(), events));
            }
            return reply.contentType(MediaType.APPLICATION_JSON)
                    .body(told.apply(answers.whole(key, scope, asking.work())));
        } catch (RuntimeException e) {
            asking.undo().run();
            throw e;
        }
    }

    private Choice chosen(Principal.Key key, Wanted wanted) {
        var name = wanted.assistant();
        return name == null
                ? wanted.choice()
                : wanted.choice()
                        .through(
                                assistants
                                        .named(key, name)
                                        .orElseThrow(() -> new NotThere("assistant"))
                                        .id());
    }

    private AnswerJson told(
            Principal.Key key, Answer answer, @Nullable UUID chat, Wanted wanted, Locale language) {
        var way =
                Boolean.TRUE.equals(wanted.trace())
                        ? traces.of(answer.trace(), key.isAdmin()).orElse(null)
                        : null;
        return AnswerJson.of(answer, citing.told(key, answer.citations()), sentences, language)
                .with(chat, way);
    }
}
