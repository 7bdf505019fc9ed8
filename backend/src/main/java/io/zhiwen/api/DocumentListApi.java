package io.zhiwen.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.zhiwen.account.Access;
import io.zhiwen.account.Principal;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.BaseField;
import io.zhiwen.library.DocumentFilter;
import io.zhiwen.library.DocumentTable;
import io.zhiwen.library.FieldFilter;
import io.zhiwen.library.Fields;
import io.zhiwen.library.FolderId;
import io.zhiwen.library.Listing;
import io.zhiwen.library.Stretch;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/knowledge-bases/{id}/documents")
@Tag(name = "Documents")
class DocumentListApi {

    private static final int MOST_FIELDS = 20;

    private final DocumentTable table;
    private final Fields fields;
    private final Access access;
    private final Sentences sentences;

    DocumentListApi(DocumentTable table, Fields fields, Access access, Sentences sentences) {
        this.table = table;
        this.fields = fields;
        this.access = access;
        this.sentences = sentences;
    }

    @GetMapping
    @Operation(
            summary = "List the documents of a base",
            description =
                    "Newest first unless sorted otherwise, from all of its folders. All that is"
                            + " asked must hold.",
            parameters =
                    @Parameter(
                            name = "field",
                            in = ParameterIn.QUERY,
                            description =
                                    "`name:value` of a field, also several times: words of a text,"
                                            + " a choice, yes or no, a number or a day, or a range"
                                            + " such as `10..20`, `2026-01-01..` or `..20`.",
                            example = "State:signed",
                            array = @ArraySchema(schema = @Schema(type = "string"))))
    Page<DocumentJson> list(
            Principal principal,
            @PathVariable UUID id,
            @Parameter(description = "Words of the name.") @RequestParam(defaultValue = "")
                    String q,
            @RequestParam(defaultValue = "") String tag,
            @Parameter(
                            schema =
                                    @Schema(
                                            allowableValues = {
                                                "working",
                                                "ready",
                                                "failed",
                                                "out-of-use"
                                            }))
                    @RequestParam
                    @Nullable String state,
            @Parameter(description = "Name or id of who answers for it.")
                    @RequestParam(defaultValue = "")
                    String owner,
            @Parameter(description = "Anywhere below it.") @RequestParam(name = "folder_id")
                    @Nullable UUID folder,
            @Parameter(hidden = true) @RequestParam MultiValueMap<String, String> request,
            @Parameter(
                            schema =
                                    @Schema(
                                            allowableValues = {
                                                "added",
                                                "name",
                                                "updated",
                                                "size",
                                                "passages"
                                            },
                                            defaultValue = "added"))
                    @RequestParam(defaultValue = "added")
                    String sort,
            @Parameter(
                            description =
                                    "Names go up unless said otherwise, everything else down.",
                            schema = @Schema(allowableValues = {"asc", "desc"}))
                    @RequestParam
                    @Nullable String order,
            @RequestParam @Nullable String cursor,
            @RequestParam(defaultValue = "" + Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT)
                    int limit,
            @Parameter(hidden = true) @RequestHeader HttpHeaders headers) {
        var base = new KnowledgeBaseId(id);
        var scope = access.chosenBy(principal, List.of(base));
        var by =
                Listing.Order.named(sort)
                        .orElseThrow(() -> unknown("sort", "added, name, updated, size, passages"));
        var filter =
                new DocumentFilter(
                        q, tag, state(state), owner, filters(fields.of(scope, base), request));
        var stretch =
                new Stretch(
                        folder == null ? null : new FolderId(folder),
                        filter,
                        by,
                        isDescending(by, order),
                        cursor,
                        limit);
        var language = Sentences.language(headers);
        try {
            var page = table.stretch(scope, base, stretch);
            return new Page<>(
                    page.items().stream()
                            .map(row -> DocumentJson.of(row, sentences, language))
                            .toList(),
                    page.nextCursor());
        } catch (IllegalArgumentException e) {
            throw new Refused(
                    HttpStatus.BAD_REQUEST,
                    "invalid-cursor",
                    "Pass back next_cursor as it came, with the same sort and order.",
                    "cursor");
        }
    }

    private static Listing.@Nullable State state(@Nullable String given) {
        return given == null || given.isEmpty()
                ? null
                : Listing.State.named(given)
                        .orElseThrow(() -> unknown("state", "working, ready, failed, out-of-use"));
    }

    private static boolean isDescending(Listing.Order by, @Nullable String order) {
        return switch (order) {
            case null -> by.isDescending();
            case "desc" -> true;
            case "asc" -> false;
            default -> throw unknown("order", "asc, desc");
        };
    }

    private static List<FieldFilter> filters(
            List<BaseField> fields, MultiValueMap<String, String> request) {
        var asked = request.getOrDefault("field", List.of());
        if (asked.size() > MOST_FIELDS) {
            throw new Refused(
                    HttpStatus.BAD_REQUEST,
                    "invalid-request",
                    "At most %d fields at once.".formatted(MOST_FIELDS),
                    "field");
        }
        return asked.stream().map(each -> filter(fields, each)).toList();
    }

    /// A name may have a colon in it, so the longest one that fits is meant.
    private static FieldFilter filter(List<BaseField> fields, String asked) {
        return fields.stream()
                .filter(
                        field ->
                                asked.regionMatches(
                                        true, 0, field.name() + ":", 0, field.name().length() + 1))
                .max(Comparator.comparingInt(field -> field.name().length()))
                .map(field -> FieldFilter.of(field, asked.substring(field.name().length() + 1)))
                .orElseThrow(
                        () ->
                                new Refused(
                                        HttpStatus.BAD_REQUEST,
                                        "invalid-request",
                                        "“%s” is no field of the base, a colon and a value."
                                                .formatted(asked),
                                        "field"));
    }

    private static Refused unknown(String parameter, String known) {
        return new Refused(
                HttpStatus.BAD_REQUEST,
                "invalid-request",
                "%s is one of: %s.".formatted(parameter, known),
                parameter);
    }
}
