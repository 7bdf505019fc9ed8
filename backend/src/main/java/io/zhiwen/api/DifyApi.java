package io.zhiwen.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.zhiwen.account.Principal;
import io.zhiwen.search.Filter;
import io.zhiwen.search.Hit;
import io.zhiwen.search.Search;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// A knowledge base as external knowledge of Dify, and of whatever else calls such an endpoint.
@RestController
@Tag(name = "Search and answers")
class DifyApi {

    private static final int DEFAULT_RECORDS = 4;

    @JsonIgnoreProperties(ignoreUnknown = true)
    @Schema(name = "ExternalKnowledgeRequest")
    record Wanted(
            @JsonProperty("knowledge_id") @NotBlank @Schema(description = "The id of a base.")
                    String knowledgeId,
            @NotBlank String query,
            @JsonProperty("retrieval_setting") @Valid @Nullable Setting setting,
            @JsonProperty("metadata_condition") @Valid @Nullable MetadataCondition condition) {

        int records() {
            return setting == null
                    ? DEFAULT_RECORDS
                    : Objects.requireNonNullElse(setting.topK(), DEFAULT_RECORDS);
        }

        double threshold() {
            return setting == null ? 0 : Objects.requireNonNullElse(setting.scoreThreshold(), 0.0);
        }
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    @Schema(name = "ExternalKnowledgeSetting")
    record Setting(
            @JsonProperty("top_k") @Min(1) @Max(50) @Nullable Integer topK,
            @JsonProperty("score_threshold") @DecimalMin("0") @DecimalMax("1")
                    @Nullable Double scoreThreshold) {}

    @Schema(name = "ExternalKnowledge")
    record Records(List<RecordJson> records) {}

    @Schema(name = "ExternalKnowledgeRecord")
    record RecordJson(
            String content,
            @Schema(description = "0 to 1, comparable between searches.") double score,
            String title,
            Map<String, Object> metadata) {

        static RecordJson of(Hit hit) {
            return new RecordJson(
                    hit.passage().source().chunk().text(),
                    hit.passage().relevance(),
                    hit.document().name(),
                    Metadata.of(hit));
        }
    }

    private final Search search;

    DifyApi(Search search) {
        this.search = search;
    }

    @PostMapping("/api/dify/retrieval")
    @Operation(
            summary = "Retrieve as external knowledge",
            description =
                    """
                    As Dify's External Knowledge API has it: give Dify this server with `/api/dify` as
                    the endpoint. Errors are `{error_code, error_msg}`: 1001 no bearer token, 1002 a
                    key that may not, 2001 no such knowledge.""")
    Records retrieve(Principal principal, @Valid @RequestBody Wanted wanted) {
        var base = Ids.bases(List.of(wanted.knowledgeId()));
        double threshold = wanted.threshold();
        Predicate<Hit> near = hit -> hit.passage().relevance() >= threshold;
        var condition = wanted.condition();
        var filter = condition == null ? Filter.NONE : condition.filter();
        var found =
                condition == null || !condition.isOfPassages()
                        ? search.best(principal, base, wanted.query(), wanted.records(), filter)
                        : search.best(
                                principal,
                                base,
                                wanted.query(),
                                wanted.records(),
                                filter,
                                condition::holds);
        return new Records(found.hits().stream().filter(near).map(RecordJson::of).toList());
    }
}
