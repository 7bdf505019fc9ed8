package io.zhiwen.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.zhiwen.ingest.chunk.Language;
import io.zhiwen.search.Condition;
import io.zhiwen.search.Filter;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A filter as programs write it. What is left out narrows nothing; what is there must all hold.
@Schema(
        name = "Filter",
        description =
                "Narrows what is searched. Every member that is given must hold; of several values"
                        + " in one, one must, unless it says otherwise.")
record FilterJson(
        @ArraySchema(arraySchema = @Schema(description = "Documents with one of these tags."))
                @Size(max = MOST)
                @Nullable List<@NotNull @Size(max = LONGEST) String> tags,
        @ArraySchema(arraySchema = @Schema(description = "Documents with all of these tags."))
                @JsonProperty("all_tags")
                @Size(max = MOST)
                @Nullable List<@NotNull @Size(max = LONGEST) String> allTags,
        @ArraySchema(
                        arraySchema = @Schema(description = "Folders, with all below them."),
                        schema = @Schema(format = "uuid"))
                @JsonProperty("folder_ids")
                @Size(max = MOST)
                @Nullable List<@NotNull String> folderIds,
        @ArraySchema(
                        arraySchema =
                                @Schema(
                                        description = "Types of files, as results name them.",
                                        example = "[\"PDF\", \"Word\"]"))
                @Size(max = MOST)
                @Nullable List<@NotNull @Size(max = LONGEST) String> types,
        @ArraySchema(
                        arraySchema = @Schema(description = "Languages of passages."),
                        schema = @Schema(allowableValues = {"zh", "en"}))
                @Size(max = MOST)
                @Nullable List<@NotNull String> languages,
        @Schema(
                        description = "Uploaded on this day or at this moment, or later.",
                        example = "2026-01-01")
                @JsonProperty("uploaded_from")
                @Nullable String uploadedFrom,
        @Schema(description = "Uploaded on this day or before, or before this moment.")
                @JsonProperty("uploaded_to")
                @Nullable String uploadedTo,
        @ArraySchema(arraySchema = @Schema(description = "Names of those who answer for them."))
                @Size(max = MOST)
                @Nullable List<@NotNull @Size(max = LONGEST) String> owners,
        @Schema(description = "In force on this day; what is not in force today is never found.")
                @JsonProperty("in_force_on")
                @Nullable String inForceOn,
        @Schema(description = "What fields of the bases must hold.") @Size(max = 20)
                @Nullable List<@NotNull @Valid FieldJson> fields) {

    private static final int MOST = 100;
    static final int LONGEST = 500;

    /// @param member what the filter is called in the request
    Filter filter(String member) {
        List<Condition> all = new ArrayList<>();
        if (!named(tags).isEmpty()) {
            all.add(new Condition.Tagged(named(tags)));
        }
        named(allTags).forEach(tag -> all.add(new Condition.Tagged(Set.of(tag))));
        if (!named(folderIds).isEmpty()) {
            all.add(new Condition.InFolder(folders(named(folderIds), member + ".folder_ids")));
        }
        if (!named(types).isEmpty()) {
            all.add(new Condition.OfType(named(types)));
        }
        if (uploadedFrom != null || uploadedTo != null) {
            all.add(
                    new Condition.Uploaded(
                            uploadedFrom == null
                                    ? null
                                    : Moments.first(uploadedFrom, member + ".uploaded_from"),
                            uploadedTo == null
                                    ? null
                                    : Moments.behind(uploadedTo, member + ".uploaded_to")));
        }
        if (!named(owners).isEmpty()) {
            all.add(new Condition.OwnedBy(named(owners)));
        }
        if (inForceOn != null) {
            all.add(new Condition.InForceOn(Moments.day(inForceOn, member + ".in_force_on")));
        }
        if (fields != null) {
            for (int i = 0; i < fields.size(); i++) {
                all.add(fields.get(i).condition(member + ".fields[" + i + "]"));
            }
        }
        return new Filter(all, languages(member + ".languages"));
    }

    static Filter of(@Nullable FilterJson filter) {
        return filter == null ? Filter.NONE : filter.filter("filter");
    }

    private static Set<String> named(@Nullable List<String> values) {
        return values == null ? Set.of() : new LinkedHashSet<>(values);
    }

    private static Set<UUID> folders(Set<String> ids, String member) {
        Set<UUID> folders = new HashSet<>();
        for (var id : ids) {
            try {
                folders.add(UUID.fromString(id));
            } catch (IllegalArgumentException _) {
                throw Moments.wrong(member, "\"" + id + "\" is no id of a folder.");
            }
        }
        return folders;
    }

    private Set<Language> languages(String member) {
        Set<Language> spoken = new HashSet<>();
        for (var tag : named(languages)) {
            spoken.add(
                    Arrays.stream(Language.values())
                            .filter(language -> language.tag().equals(tag))
                            .findFirst()
                            .orElseThrow(
                                    () ->
                                            Moments.wrong(
                                                    member,
                                                    "\"" + tag + "\" is neither zh nor en.")));
        }
        return spoken;
    }
}
