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
import io.zhiwen.ask.Answering;
import io.zhiwen.ask.question.Questions;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
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
            @Schema(description = "Whether to send the answer as server-sent events.")
                    @Nullable Boolean stream) {

        Choice choice() {
            return Ids.choice(knowledgeBaseIds, folderIds, documentIds);
        }
    }

    private final Answers answers;
    private final Questions questions;
    private final Access access;
    private final Sentences sentences;

    AskApi(Answers answers, Questions questions, Access access, Sentences sentences) {
        this.answers = answers;
        this.questions = questions;
        this.access = access;
        this.sentences = sentences;
    }

    @PostMapping("/api/v1/ask")
    @Operation(
            summary = "Ask a question",
            description =
                    """
                    With `"stream": true` the answer comes as server-sent events with JSON in
                    `data`: `stage` {name, count, seconds}, `sources` {passages}, `token` {text},
                    `thinking` {text}, `restarted` {note} (the text so far is void), and at the end
                    `done` (the whole answer) or `error` {code, detail}. Lines that begin with a
                    colon keep the connection open. Leave, and the answer stops.""")
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
        var scope = access.chosenBy(key, Right.ASK, wanted.choice());
        var ask =
                new Answering.Ask(
                        questions.checked(wanted.question()),
                        List.of(),
                        scope,
                        key.id().toString());
        var language = Sentences.language(headers);
        if (Boolean.TRUE.equals(wanted.stream())) {
            return ResponseEntity.ok()
                    .contentType(MediaType.TEXT_EVENT_STREAM)
                    .cacheControl(CacheControl.noStore())
                    .header("X-Accel-Buffering", "no")
                    .body(answers.stream(key, ask, new AskEvents(sentences, language)));
        }
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body(AnswerJson.of(answers.whole(key, ask), sentences, language));
    }
}
