package io.zhiwen.conversation.feedback;

import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One reader's verdict on one answer, with the answer as it was.
///
/// @param answer the id of its trace
/// @param reader e.g. `user:lin`
/// @param bases those it cites, or that were searched when it cites nothing
/// @param revision what an admin wrote in its place; null for none
public record Feedback(
        UUID id,
        UUID answer,
        String reader,
        Verdict verdict,
        String question,
        String text,
        boolean refused,
        List<RatedSource> sources,
        List<KnowledgeBaseId> bases,
        @Nullable Revision revision,
        Instant at) {

    /// @param by e.g. `user:root`
    public record Revision(String text, String by, Instant at) {}

    public Feedback {
        sources = List.copyOf(sources);
        bases = List.copyOf(bases);
    }

    /// The best that is known: an admin's words, else the reader's correction, else the answer.
    public String best() {
        if (revision != null) {
            return revision.text();
        }
        return verdict.correction().isEmpty() ? text : verdict.correction();
    }

    /// Whether somebody wrote a better one, and if nobody did, whether it is good.
    public Rating rating() {
        if (isCorrected()) {
            return Rating.CORRECTED;
        }
        return verdict.good() ? Rating.GOOD : Rating.BAD;
    }

    /// Whether somebody wrote what it should have said.
    public boolean isCorrected() {
        return revision != null || !verdict.correction().isEmpty();
    }
}
