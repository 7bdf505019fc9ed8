package io.zhiwen.conversation.feedback;

import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// One reader's verdict on one answer, with the answer as it was.
///
/// @param answer the id of its trace
/// @param reader e.g. `user:lin`
/// @param bases those it cites, or that were searched when it cites nothing
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
        Instant at) {

    public Feedback {
        sources = List.copyOf(sources);
        bases = List.copyOf(bases);
    }
}
