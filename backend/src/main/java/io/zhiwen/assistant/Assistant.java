package io.zhiwen.assistant;

import io.zhiwen.ask.prompt.Instructions;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Bases that are asked under one name, what the model is told then, and what one might ask first.
/// It gives nobody a right: an answer rests on what its asker may read of the bases.
///
/// @param bases those that are still there, in the order of their names
/// @param instructions in the place of those of the bases; with none of its own, theirs hold
/// @param server the model server that writes; null for that of the bases
/// @param enabled whether its makers want it to be used
public record Assistant(
        UUID id,
        String name,
        String description,
        List<KnowledgeBaseId> bases,
        Instructions instructions,
        @Nullable UUID server,
        List<String> openings,
        boolean enabled,
        Instant createdAt,
        Instant updatedAt) {

    public Assistant {
        bases = List.copyOf(bases);
        openings = List.copyOf(openings);
    }

    /// Whether it answers: it is switched on and has a base.
    public boolean isOn() {
        return enabled && !bases.isEmpty();
    }

    /// As those see it who use it: with these of its bases, and without what the model is told.
    Assistant shownWith(Set<KnowledgeBaseId> readable) {
        return new Assistant(
                id,
                name,
                description,
                bases.stream().filter(readable::contains).toList(),
                Instructions.NONE,
                null,
                openings,
                enabled,
                createdAt,
                updatedAt);
    }
}
