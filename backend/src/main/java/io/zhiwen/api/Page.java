package io.zhiwen.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A stretch of a list.
record Page<T>(
        List<T> items,
        @Schema(description = "Pass it back as `cursor` for the next page; null on the last one.")
                @JsonProperty("next_cursor")
                @Nullable String nextCursor) {

    static final int DEFAULT_LIMIT = 50;
    static final int MAX_LIMIT = 200;
}
