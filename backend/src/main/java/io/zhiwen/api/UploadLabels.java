package io.zhiwen.api;

import io.zhiwen.account.Access;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Right;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.DocumentRow;
import io.zhiwen.library.FieldValues;
import io.zhiwen.library.Filing;
import io.zhiwen.library.Library;
import io.zhiwen.library.Uploaded;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// The tags and fields that come with a file. They are looked at before anything is kept, so that a
/// wrong one refuses the upload.
@Component
final class UploadLabels {

    private static final TypeReference<Map<String, @Nullable Object>> OBJECT =
            new TypeReference<>() {};

    private final Filing filing;
    private final FieldValues values;
    private final Library library;
    private final Access access;
    private final JsonMapper json;

    UploadLabels(
            Filing filing, FieldValues values, Library library, Access access, JsonMapper json) {
        this.filing = filing;
        this.values = values;
        this.library = library;
        this.access = access;
        this.json = json;
    }

    record Labels(List<String> tags, Map<String, @Nullable String> fields) {

        boolean isEmpty() {
            return tags.isEmpty() && fields.isEmpty();
        }
    }

    /// @param fields a JSON object
    Labels of(
            Principal principal,
            KnowledgeBaseId base,
            @Nullable List<String> tags,
            @Nullable String fields) {
        var labels =
                new Labels(
                        tags == null ? List.of() : tags.stream().map(String::strip).toList(),
                        GivenFields.read(fields == null ? null : object(fields)));
        if (labels.isEmpty()) {
            return labels;
        }
        if (!access.everythingFor(principal, Right.EDIT).allows(base)) {
            access.require(principal, base, Right.EDIT);
        }
        if (!Filing.areTags(labels.tags())) {
            throw new Refused(
                    HttpStatus.BAD_REQUEST,
                    "invalid-request",
                    "A document has at most 20 tags, each of 1 to 40 characters.",
                    "tags");
        }
        values.check(base, labels.fields());
        return labels;
    }

    /// The same document with them; what it has else stays.
    Uploaded put(Principal principal, Uploaded uploaded, Labels labels) {
        if (labels.isEmpty()) {
            return uploaded;
        }
        DocumentRow row = uploaded.document();
        labels.tags().forEach(tag -> filing.tag(principal, row.base(), List.of(row.id()), tag));
        values.set(principal, row.id(), labels.fields());
        return library.document(access.everythingFor(principal), row.id())
                .map(now -> new Uploaded(now, uploaded.result()))
                .orElse(uploaded);
    }

    private Map<String, @Nullable Object> object(String written) {
        try {
            return json.readValue(written, OBJECT);
        } catch (JacksonException e) {
            throw new Refused(
                    HttpStatus.BAD_REQUEST,
                    "invalid-request",
                    "fields is a JSON object of values by the names of fields.",
                    "fields");
        }
    }
}
