package io.zhiwen.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.zhiwen.account.Access;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Right;
import io.zhiwen.ask.cite.Citation;
import io.zhiwen.conversation.AnswerHtml;
import io.zhiwen.conversation.Conversation;
import io.zhiwen.conversation.ConversationRow;
import io.zhiwen.conversation.Message;
import io.zhiwen.conversation.ServiceChats;
import io.zhiwen.conversation.export.DocxFile;
import io.zhiwen.conversation.export.MarkdownFile;
import io.zhiwen.conversation.export.PdfFile;
import io.zhiwen.conversation.export.Transcript;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The chats of the user a key acts for, or of a key on its own.
@RestController
@RequestMapping("/api/v1/chats")
@Tag(name = "Chats")
class ChatsApi {

    private static final String OF_WHOM =
            "Of the user named in `On-Behalf-Of`, for keys that may act for users; else of the key itself.";

    private static final String OF_ASSISTANT = "The assistant that was asked last.";

    @Schema(name = "Chat")
    record ChatJson(
            UUID id,
            String title,
            @Schema(description = OF_ASSISTANT) @JsonProperty("assistant_id")
                    @Nullable UUID assistantId,
            @JsonProperty("created_at") Instant createdAt,
            @JsonProperty("updated_at") Instant updatedAt) {

        static ChatJson of(ConversationRow row) {
            return new ChatJson(
                    row.id(),
                    row.title(),
                    row.choice().assistant(),
                    row.createdAt(),
                    row.updatedAt());
        }
    }

    @Schema(name = "Chats")
    record ChatsJson(List<ChatJson> items) {}

    @Schema(name = "ChatMessage")
    record MessageJson(
            UUID id,
            @Schema(allowableValues = {"user", "assistant"}) String role,
            @Schema(description = "Of a question as typed, of an answer Markdown.") String text,
            @Schema(allowableValues = {"running", "complete", "stopped", "failed"}) String state,
            boolean refused,
            @Schema(
                            description =
                                    "Whether it rests on what may no longer be read: its text and"
                                            + " those citations are then left out.")
                    boolean withheld,
            List<AnswerJson.CitationJson> citations,
            @JsonProperty("trace_id") @Nullable UUID traceId,
            @JsonProperty("created_at") Instant createdAt) {

        static MessageJson of(
                Message message, Function<List<Citation>, List<AnswerJson.CitationJson>> citing) {
            return new MessageJson(
                    message.id(),
                    message.role().name().toLowerCase(Locale.ROOT),
                    message.text(),
                    message.state().name().toLowerCase(Locale.ROOT),
                    message.refused(),
                    message.withheld(),
                    citing.apply(message.citations()),
                    message.trace(),
                    message.createdAt());
        }
    }

    @Schema(name = "WholeChat")
    record WholeChatJson(
            UUID id,
            String title,
            @Schema(description = OF_ASSISTANT) @JsonProperty("assistant_id")
                    @Nullable UUID assistantId,
            @JsonProperty("created_at") Instant createdAt,
            @JsonProperty("updated_at") Instant updatedAt,
            List<MessageJson> messages) {

        static WholeChatJson of(
                Conversation chat, Function<List<Citation>, List<AnswerJson.CitationJson>> citing) {
            var row = chat.row();
            return new WholeChatJson(
                    row.id(),
                    row.title(),
                    row.choice().assistant(),
                    row.createdAt(),
                    row.updatedAt(),
                    chat.messages().stream()
                            .map(message -> MessageJson.of(message, citing))
                            .toList());
        }
    }

    private enum Format {
        MARKDOWN("text/markdown"),
        DOCX("application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        PDF("application/pdf");

        private final String type;

        Format(String type) {
            this.type = type;
        }
    }

    private final ServiceChats chats;
    private final AnswerHtml html;
    private final Access access;
    private final Citing citing;
    private final Sentences sentences;

    ChatsApi(
            ServiceChats chats,
            AnswerHtml html,
            Access access,
            Citing citing,
            Sentences sentences) {
        this.chats = chats;
        this.html = html;
        this.access = access;
        this.citing = citing;
        this.sentences = sentences;
    }

    @GetMapping
    @Operation(summary = "List chats", description = "Newest first. " + OF_WHOM)
    ChatsJson list(Principal.Key key) {
        mayAsk(key);
        return new ChatsJson(
                chats.list(key).stream()
                        .filter(row -> !row.title().isEmpty())
                        .map(ChatJson::of)
                        .toList());
    }

    @GetMapping("/{id}")
    @Operation(summary = "Read a chat", description = "Oldest message first. " + OF_WHOM)
    WholeChatJson read(Principal.Key key, @PathVariable UUID id) {
        mayAsk(key);
        var chat = chats.open(key, id).orElseThrow(() -> new NotThere("chat"));
        return WholeChatJson.of(chat, cited -> citing.told(key, cited));
    }

    @DeleteMapping("/{id}")
    @Operation(
            summary = "Delete a chat",
            description = "With its answers and their traces; a running one stops. " + OF_WHOM)
    @ApiResponse(responseCode = "204", content = @Content)
    ResponseEntity<Void> delete(Principal.Key key, @PathVariable UUID id) {
        mayAsk(key);
        if (!chats.delete(key, id)) {
            throw new NotThere("chat");
        }
        return ResponseEntity.noContent().build();
    }

    @GetMapping("/{id}/export")
    @Operation(
            summary = "Save a chat with its sources",
            description =
                    OF_WHOM
                            + " Answers that rest on what the key or the user may not read are left out.")
    @ApiResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = MediaType.ALL_VALUE,
                            schema = @Schema(type = "string", format = "binary")))
    ResponseEntity<byte[]> export(
            Principal.Key key,
            @PathVariable UUID id,
            @Parameter(schema = @Schema(allowableValues = {"markdown", "docx", "pdf"}))
                    @RequestParam(defaultValue = "markdown")
                    String format,
            @Parameter(hidden = true) @RequestHeader HttpHeaders headers) {
        var language = Sentences.language(headers);
        var wanted = format(format);
        mayAsk(key);
        var chat =
                chats.export(key, id, wanted.name().toLowerCase(Locale.ROOT))
                        .orElseThrow(() -> new NotThere("chat"));
        var transcript =
                Transcript.of(
                        chat,
                        chat.row().title(),
                        sentences.say("chat.sources", language),
                        sentences.say("chat.withheld", language),
                        one -> sentences.where(one.page(), one.sheet(), language));
        var bytes =
                switch (wanted) {
                    case MARKDOWN -> MarkdownFile.of(transcript).getBytes(StandardCharsets.UTF_8);
                    case DOCX -> DocxFile.of(transcript, html);
                    case PDF -> PdfFile.of(transcript, html, language.getLanguage());
                };
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .contentType(MediaType.parseMediaType(wanted.type))
                .body(bytes);
    }

    private void mayAsk(Principal.Key key) {
        access.chosenBy(key, Right.ASK, List.of());
    }

    private static Format format(String word) {
        try {
            return Format.valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException _) {
            throw new Refused(
                    HttpStatus.BAD_REQUEST,
                    "unknown-format",
                    "A chat is saved as markdown, docx or pdf.",
                    "format");
        }
    }
}
