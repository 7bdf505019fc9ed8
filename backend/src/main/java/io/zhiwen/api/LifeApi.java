package io.zhiwen.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.zhiwen.account.Access;
import io.zhiwen.account.Principal;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.library.Change;
import io.zhiwen.library.History;
import io.zhiwen.library.LifeWish;
import io.zhiwen.library.Lives;
import io.zhiwen.library.VersionRow;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/documents/{id}")
@Tag(name = "Documents")
class LifeApi {

    /// All of it anew: what is left out is empty, but for tags and fields, which stay.
    @Schema(name = "DocumentProperties")
    record Wanted(
            @NotBlank @Size(max = 255) @Schema(example = "handbook.pdf") String name,
            @Schema(description = "false: kept, but out of search and answers. true unless given.")
                    @Nullable Boolean enabled,
            @Schema(description = "The first day it is found.") @JsonProperty("valid_from")
                    @Nullable LocalDate validFrom,
            @Schema(description = "The last day it is found.") @JsonProperty("valid_until")
                    @Nullable LocalDate validUntil,
            @Schema(description = "Id or exact name of a document of the same base.")
                    @JsonProperty("superseded_by")
                    @Nullable String supersededBy,
            @Schema(description = "Id or name of a person who may read it.") @Nullable String owner,
            @Schema(description = "All it is to have, at most 20; those it has unless given.")
                    @Nullable List<@NotNull String> tags,
            @Schema(description = GivenFields.IN) @Nullable Map<String, @Nullable Object> fields) {

        LifeWish wish() {
            return new LifeWish(
                    name,
                    !Boolean.FALSE.equals(enabled),
                    validFrom,
                    validUntil,
                    supersededBy,
                    owner,
                    tags,
                    GivenFields.read(fields));
        }
    }

    @Schema(name = "Version")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record VersionJson(
            int version,
            @JsonProperty("file_name") String fileName,
            String status,
            @Schema(description = "Whether it is the one that is found.") boolean live,
            long bytes,
            @Nullable Integer pages,
            @Nullable Integer chunks,
            @JsonProperty("uploaded_by") String uploadedBy,
            @JsonProperty("uploaded_at") Instant uploadedAt) {

        static VersionJson of(VersionRow row) {
            return new VersionJson(
                    row.version(),
                    row.fileName(),
                    row.status().code(),
                    row.live(),
                    row.bytes(),
                    row.pages(),
                    row.chunks(),
                    row.uploadedBy(),
                    row.uploadedAt());
        }
    }

    @Schema(name = "Versions")
    record VersionsJson(List<VersionJson> items) {}

    @Schema(name = "Change")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ChangeJson(
            @Schema(description = "Absent where something was added.") @Nullable String before,
            @Schema(description = "Absent where something was taken away.") @Nullable String after,
            @Nullable Integer page) {

        static ChangeJson of(Change change) {
            return new ChangeJson(change.before(), change.after(), change.page());
        }
    }

    @Schema(name = "Changes")
    record ChangesJson(
            List<ChangeJson> items,
            @Schema(description = "false: the versions differ in more than is compared.")
                    boolean whole) {}

    private final Lives lives;
    private final History history;
    private final Access access;
    private final Sentences sentences;

    LifeApi(Lives lives, History history, Access access, Sentences sentences) {
        this.lives = lives;
        this.history = history;
        this.access = access;
        this.sentences = sentences;
    }

    @PutMapping("/properties")
    @Operation(
            summary =
                    "Rename a document, take it out of use, bound the days it is found, say its"
                            + " owner, tags and fields",
            description =
                    "In force with the next search. What is left out is emptied, but for tags and"
                            + " fields, which stay as they are. One wrong value changes nothing.")
    DocumentJson set(
            Principal principal,
            @PathVariable UUID id,
            @Valid @RequestBody Wanted wanted,
            @Parameter(hidden = true) @RequestHeader HttpHeaders headers) {
        var row = lives.set(principal, new DocumentId(id), wanted.wish());
        return DocumentJson.of(row, sentences, Sentences.language(headers));
    }

    @GetMapping("/versions")
    @Operation(summary = "List the versions of a document", description = "Newest first.")
    VersionsJson versions(Principal principal, @PathVariable UUID id) {
        var versions = history.of(access.everythingFor(principal), new DocumentId(id));
        if (versions.isEmpty()) {
            throw new NotThere("document");
        }
        return new VersionsJson(versions.stream().map(VersionJson::of).toList());
    }

    @GetMapping("/versions/{version}/changes")
    @Operation(
            summary = "See what a version changed",
            description = "Paragraph by paragraph, against the last readable version before it.")
    ChangesJson changes(Principal principal, @PathVariable UUID id, @PathVariable int version) {
        var scope = access.everythingFor(principal);
        return history.changes(scope, new DocumentId(id), version)
                .map(
                        found ->
                                new ChangesJson(
                                        found.changes().stream().map(ChangeJson::of).toList(),
                                        found.whole()))
                .orElseThrow(() -> new NotThere("version"));
    }
}
