package io.zhiwen.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import io.zhiwen.ask.Answer;
import io.zhiwen.ask.cite.Citation;
import io.zhiwen.ask.cite.Unsupported;
import io.zhiwen.library.DocumentLife;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Schema(name = "Answer")
record AnswerJson(
        @Schema(
                        description =
                                "Markdown, with `[n]` where it cites and `[?]` behind each sentence"
                                        + " that no passage sent to the model bears out.",
                        example = "There are 15 days of annual leave. [1]")
                String answer,
        @Schema(
                        description =
                                "Whether it says that the documents hold no answer; `citations` are"
                                        + " then the nearest passages.")
                boolean refused,
        List<CitationJson> citations,
        @Schema(description = "The sentences marked `[?]`, and why.")
                List<UnsupportedJson> unsupported,
        @Schema(allowableValues = {"approved", "computed", "extractive", "llm"}) String engine,
        @Schema(description = "What its reader should know, e.g. that the model was down.")
                @Nullable String note,
        @JsonProperty("trace_id") UUID traceId,
        @Schema(description = "The chat it belongs to, where one was named or begun.")
                @JsonProperty("conversation_id")
                @JsonInclude(JsonInclude.Include.NON_NULL)
                @Nullable UUID conversationId,
        @Schema(
                        description =
                                "Where it was asked for: what was understood, searched, found,"
                                        + " judged and sent, and the milliseconds of each stage."
                                        + " Its fields may change between versions.")
                @JsonInclude(JsonInclude.Include.NON_NULL)
                @Nullable Map<String, Object> trace) {

    @Schema(name = "Unsupported")
    record UnsupportedJson(
            String sentence,
            @Schema(
                            description =
                                    "What the passages do not bear out: a number or date, a name, a"
                                            + " denial, or the whole.",
                            allowableValues = {"number", "name", "negation", "meaning"})
                    String why) {

        static UnsupportedJson of(Unsupported unsupported) {
            return new UnsupportedJson(
                    unsupported.sentence(), unsupported.why().name().toLowerCase(Locale.ROOT));
        }
    }

    @Schema(name = "Citation")
    record CitationJson(
            @Schema(description = "As in `[1]`.") int number,
            @Schema(description = "From 1, where the type has pages.") @Nullable Integer page,
            @Schema(description = "Of a workbook.") @Nullable String sheet,
            @Schema(description = "The passage.") String text,
            @JsonProperty("heading_path") List<String> headingPath,
            DocumentRef document,
            @JsonProperty("document_version") int documentVersion,
            @JsonProperty("knowledge_base_id") UUID knowledgeBaseId,
            @Schema(
                            description = "Whether it may be found today; null where it is gone.",
                            allowableValues = {"in-force", "off", "not-yet", "expired"})
                    @Nullable String validity,
            @Schema(description = "The last day its document is found; null for any.")
                    @JsonProperty("valid_until")
                    @Nullable LocalDate validUntil,
            @Schema(description = "What took the document's place, where it may be read.")
                    @JsonProperty("superseded_by")
                    @Nullable DocumentRef supersededBy,
            @Schema(
                            description =
                                    "The pictures of its document that stand in the passage or"
                                            + " beside it, at most four.")
                    List<FigureJson> figures) {

        /// @param life null where the document is gone
        static CitationJson of(
                Citation citation, @Nullable DocumentLife life, List<FigureJson> figures) {
            return new CitationJson(
                    citation.number(),
                    citation.page(),
                    citation.sheet(),
                    citation.text(),
                    citation.headingPath(),
                    new DocumentRef(citation.document().value(), citation.documentName()),
                    citation.version(),
                    citation.base().value(),
                    life == null ? null : life.state().code(),
                    life == null ? null : life.validUntil(),
                    DocumentRef.successor(life),
                    figures);
        }
    }

    static AnswerJson of(
            Answer answer, List<CitationJson> citations, Sentences sentences, Locale language) {
        return new AnswerJson(
                answer.text(),
                answer.refused(),
                citations,
                answer.unsupported().stream().map(UnsupportedJson::of).toList(),
                answer.engine().name().toLowerCase(Locale.ROOT),
                sentences.note(answer.note(), language),
                answer.trace(),
                null,
                null);
    }

    /// The same with the chat it belongs to and the way it was made.
    AnswerJson with(@Nullable UUID chat, @Nullable Map<String, Object> way) {
        return new AnswerJson(
                answer, refused, citations, unsupported, engine, note, traceId, chat, way);
    }
}
