package io.zhiwen.ask.forbid;

import io.zhiwen.ingest.upload.KnowledgeBaseId;

/// A rule that holds for a text.
///
/// @param base whose rule it is
/// @param rule as its managers wrote it
/// @param likeness to a topic; 1 for words
/// @param reply what to say instead; empty for the built-in sentence
public record Hit(KnowledgeBaseId base, Kind kind, String rule, double likeness, String reply) {

    public enum Kind {
        TOPIC,
        PHRASE,
        PATTERN
    }
}
