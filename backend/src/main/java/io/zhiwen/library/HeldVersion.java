package io.zhiwen.library;

import io.zhiwen.ingest.doubt.HoldReason;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A version that waits for somebody to release or reject it.
///
/// @param name of the document
/// @param fileName of the version
/// @param live the version readers find meanwhile; null for none
/// @param newest of the document; another one where a newer version is in work or has failed
/// @param heldBy the label of the person who put it into quarantine; null for the rules of its base
public record HeldVersion(
        DocumentId document,
        int version,
        KnowledgeBaseId base,
        String baseName,
        String name,
        String fileName,
        String uploadedBy,
        Instant uploadedAt,
        Instant heldAt,
        @Nullable String heldBy,
        @Nullable Integer live,
        int newest,
        List<HoldReason> reasons) {

    /// Which version somebody decides on.
    public record Ref(DocumentId document, int version) {}

    public HeldVersion {
        reasons = List.copyOf(reasons);
    }

    public Ref ref() {
        return new Ref(document, version);
    }
}
