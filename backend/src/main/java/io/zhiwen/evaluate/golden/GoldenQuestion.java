package io.zhiwen.evaluate.golden;

import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/// A question of a base with what has to be found for it.
///
/// @param documents that hold the answer, each enough; any document when empty
/// @param evidence texts, one of which a passage has to hold; any text when empty
/// @param by who wrote it, as the audit names them
public record GoldenQuestion(
        UUID id,
        KnowledgeBaseId base,
        String text,
        boolean answerable,
        List<Expected> documents,
        List<String> evidence,
        Source source,
        String by,
        Instant updatedAt) {

    /// A document, and whether it is still there.
    public record Expected(UUID id, String name, boolean there) {}

    /// Where it came from.
    public enum Source {
        WRITTEN,
        CHAT,
        IMPORTED,
        APPROVED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public GoldenQuestion {
        documents = List.copyOf(documents);
        evidence = List.copyOf(evidence);
    }
}
