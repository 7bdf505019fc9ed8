package io.zhiwen.api;

import io.swagger.v3.oas.annotations.media.Schema;
import io.zhiwen.library.DocumentLife;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Schema(name = "DocumentRef", description = "The document a passage is from.")
record DocumentRef(UUID id, @Schema(example = "handbook.pdf") String name) {

    /// What took the place of the document that lives so.
    static @Nullable DocumentRef successor(@Nullable DocumentLife life) {
        var successor = life == null ? null : life.supersededBy();
        return successor == null ? null : new DocumentRef(successor.id().value(), successor.name());
    }
}
