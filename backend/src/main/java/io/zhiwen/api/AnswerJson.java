package io.zhiwen.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import io.zhiwen.ask.Answer;
import io.zhiwen.ask.cite.Citation;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Schema(name = "Answer")
record AnswerJson(
        @Schema(
                        description = "Markdown, with `[n]` where it cites.",
                        example = "There are 15 days of annual leave. [1]")
                String answer,
        @Schema(
                        description =
                                "Whether it says that the documents hold no answer; `citations` are"
                                        + " then the nearest passages.")
                boolean refused,
        List<CitationJson> citations,
        @Schema(allowableValues = {"extractive", "llm"}) String engine,
        @Schema(description = "What its reader should know, e.g. that the model was down.")
                @Nullable String note,
        @JsonProperty("trace_id") UUID traceId) {

    @Schema(name = "Citation")
    record CitationJson(
            @Schema(description = "As in `[1]`.") int number,
            @Schema(description = "From 1, where the type has pages.") @Nullable Integer page,
            @Schema(description = "Of a workbook.") @Nullable String sheet,
            @Schema(description = "The passage.") String text,
            @JsonProperty("heading_path") List<String> headingPath,
            DocumentRef document,
            @JsonProperty("document_version") int documentVersion,
            @JsonProperty("knowledge_base_id") UUID knowledgeBaseId) {

        static CitationJson of(Citation citation) {
            return new CitationJson(
                    citation.number(),
                    citation.page(),
                    citation.sheet(),
                    citation.text(),
                    citation.headingPath(),
                    new DocumentRef(citation.document().value(), citation.documentName()),
                    citation.version(),
                    citation.base().value());
        }
    }

    static AnswerJson of(Answer answer, Sentences sentences, Locale language) {
        return new AnswerJson(
                answer.text(),
                answer.refused(),
                answer.citations().stream().map(CitationJson::of).toList(),
                answer.engine().name().toLowerCase(Locale.ROOT),
                sentences.note(answer.note(), language),
                answer.trace());
    }
}
