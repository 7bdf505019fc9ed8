package io.zhiwen.api;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.UUID;

@Schema(name = "DocumentRef", description = "The document a passage is from.")
record DocumentRef(UUID id, @Schema(example = "handbook.pdf") String name) {}
