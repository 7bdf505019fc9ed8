package io.zhiwen.library;

import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A document and how the work on its newest version goes.
///
/// @param version the newest
/// @param live whether readers find the document, be it in an older version
/// @param progressDone of `progressTotal` chunks while embedding, and of a long file's pages while
/// parsing
/// @param reasonCode why it failed: an `UnreadableDocument.Reason`, `CANCELLED` or `INTERNAL`;
/// pages say it under the key `reason.<code>`
/// @param reasonDetail in English, for the details view
/// @param typeMismatch whether the name promises another type than the content is
/// @param folder it lies in; null at the top of its base
/// @param inside the archive or mail it came in; null when it came by itself
/// @param parts the files in it, when it is an archive or a mail
/// @param fields those it has a value in, in the order of its base
/// @param link where readers open what it was made from, e.g. a web page; null for none
public record DocumentRow(
        DocumentId id,
        KnowledgeBaseId base,
        String name,
        int version,
        boolean live,
        Status status,
        int progressDone,
        int progressTotal,
        @Nullable String reasonCode,
        @Nullable String reasonDetail,
        long bytes,
        @Nullable String mediaType,
        boolean typeMismatch,
        @Nullable Integer pages,
        @Nullable Integer chunks,
        String uploadedBy,
        Instant uploadedAt,
        Instant updatedAt,
        @Nullable FolderId folder,
        List<String> tags,
        DocumentLife life,
        @Nullable Inside inside,
        Parts parts,
        @Nullable String link,
        List<Given> fields) {

    /// Where a document came in.
    ///
    /// @param document the archive or mail
    /// @param name of that
    /// @param path of this in it
    public record Inside(DocumentId document, String name, String path) {}

    /// What it has in a field.
    public record Given(FieldId field, String name, FieldValue value) {}

    /// How many documents came in it, and how the work on them goes.
    public record Parts(int all, int failed, int working) {}

    public DocumentRow {
        tags = List.copyOf(tags);
        fields = List.copyOf(fields);
    }
}
