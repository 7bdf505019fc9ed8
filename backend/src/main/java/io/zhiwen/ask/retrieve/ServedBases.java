package io.zhiwen.ask.retrieve;

import io.zhiwen.ingest.embed.Embedder;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.Map;
import java.util.Set;

/// Which bases are searched in a space of their own now, and who embeds questions for it. Bases
/// that are not named are searched with the bundled encoders.
@FunctionalInterface
public interface ServedBases {

    ServedBases NONE = _ -> Map.of();

    Map<KnowledgeBaseId, Embedder> of(Set<KnowledgeBaseId> bases);
}
