package io.zhiwen.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.zhiwen.account.Access;
import io.zhiwen.account.Principal;
import io.zhiwen.ask.LiveProfile;
import io.zhiwen.ask.Retrieval;
import io.zhiwen.ask.Trace;
import io.zhiwen.ask.question.Questions;
import io.zhiwen.ask.rerank.Passage;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Search and answers")
class SearchApi {

    private static final int DEFAULT_LIMIT = 10;

    @Schema(name = "SearchRequest")
    record Wanted(
            @NotBlank @Schema(example = "annual leave") String query,
            @ArraySchema(
                            arraySchema =
                                    @Schema(description = "Empty: everything the key may read."),
                            schema = @Schema(format = "uuid"))
                    @JsonProperty("knowledge_base_ids")
                    @Size(max = 1000)
                    @Nullable List<@NotNull String> knowledgeBaseIds,
            @Min(1) @Max(50) @Schema(defaultValue = "10") @Nullable Integer limit) {

        List<String> bases() {
            return knowledgeBaseIds == null ? List.of() : knowledgeBaseIds;
        }
    }

    @Schema(name = "SearchResult")
    record Found(
            List<PassageJson> items,
            @Schema(
                            description =
                                    "Words or meaning could not be searched in time: something may"
                                            + " be missing, search again.")
                    boolean partial) {}

    @Schema(name = "Passage")
    record PassageJson(
            String text,
            @Schema(description = "Orders the passages of one search; higher is better.")
                    double score,
            @Schema(description = "0 to 1, comparable between searches.") double relevance,
            @Schema(description = "From 1, where the type has pages.") @Nullable Integer page,
            @Schema(description = "Of a workbook.") @Nullable String sheet,
            @JsonProperty("heading_path") List<String> headingPath,
            DocumentRef document,
            @JsonProperty("knowledge_base_id") UUID knowledgeBaseId) {

        static PassageJson of(Passage passage) {
            var source = passage.source();
            var chunk = source.chunk();
            return new PassageJson(
                    chunk.text(),
                    passage.score(),
                    passage.relevance(),
                    chunk.page(),
                    chunk.sheet(),
                    chunk.headingPath(),
                    new DocumentRef(source.document().value(), source.documentName()),
                    source.base().value());
        }
    }

    private final Retrieval retrieval;
    private final Questions questions;
    private final Access access;
    private final LiveProfile live;

    SearchApi(Retrieval retrieval, Questions questions, Access access, LiveProfile live) {
        this.retrieval = retrieval;
        this.questions = questions;
        this.access = access;
        this.live = live;
    }

    @PostMapping("/api/v1/search")
    @Operation(summary = "Search passages", description = "By words and by meaning, best first.")
    Found search(Principal principal, @Valid @RequestBody Wanted wanted) {
        var scope = access.chosenBy(principal, Ids.bases(wanted.bases()));
        var question = questions.read(wanted.query(), List.of(), scope, () -> false);
        if (scope.isEmpty()) {
            return new Found(List.of(), false);
        }
        var limit = wanted.limit();
        var trace = new Trace.Recorder();
        var passages =
                retrieval.find(
                        question,
                        limit == null ? DEFAULT_LIMIT : limit,
                        live.now().retrieval(),
                        trace);
        return new Found(passages.stream().map(PassageJson::of).toList(), trace.missesALeg());
    }
}
