package io.zhiwen.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.zhiwen.account.Principal;
import io.zhiwen.search.Hit;
import io.zhiwen.search.Search;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
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
            @Min(1) @Max(50) @Schema(defaultValue = "10") @Nullable Integer limit,
            @Valid @Nullable FilterJson filter) {

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
            FoundJson document,
            @JsonProperty("knowledge_base_id") UUID knowledgeBaseId,
            @Schema(
                            description = "Whether it may be found today.",
                            allowableValues = {"in-force", "off", "not-yet", "expired"})
                    String validity,
            @Schema(description = "The last day its document is found; null for any.")
                    @JsonProperty("valid_until")
                    @Nullable LocalDate validUntil,
            @Schema(description = "What took the document's place, where it may be read.")
                    @JsonProperty("superseded_by")
                    @Nullable DocumentRef supersededBy,
            @JsonProperty("also_in")
                    @Schema(
                            description =
                                    "Older near-duplicates of the document that say the same; they"
                                            + " are not listed themselves.")
                    List<DocumentRef> alsoIn) {

        static PassageJson of(Hit hit) {
            var passage = hit.passage();
            var source = passage.source();
            var chunk = source.chunk();
            var life = hit.document().life();
            return new PassageJson(
                    chunk.text(),
                    passage.score(),
                    passage.relevance(),
                    chunk.page(),
                    chunk.sheet(),
                    chunk.headingPath(),
                    FoundJson.of(hit.document()),
                    source.base().value(),
                    life.state().code(),
                    life.validUntil(),
                    DocumentRef.successor(life),
                    hit.same().stream()
                            .map(Hit::document)
                            .map(other -> new DocumentRef(other.id().value(), other.name()))
                            .distinct()
                            .toList());
        }
    }

    private final Search search;

    SearchApi(Search search) {
        this.search = search;
    }

    @PostMapping("/api/v1/search")
    @Operation(summary = "Search passages", description = "By words and by meaning, best first.")
    Found search(Principal principal, @Valid @RequestBody Wanted wanted) {
        var limit = wanted.limit();
        var found =
                search.best(
                        principal,
                        Ids.bases(wanted.bases()),
                        wanted.query(),
                        limit == null ? DEFAULT_LIMIT : limit,
                        FilterJson.of(wanted.filter()));
        return new Found(found.hits().stream().map(PassageJson::of).toList(), found.partial());
    }
}
