package io.zhiwen.ingest.parse.worker;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// All that is known behind a range of pages and needed for the next, so that another worker can
/// go on there. Kept as JSON.
///
/// @param characters of the text sent so far
/// @param blocks sent so far
/// @param sizes how many characters there are of each size of letters
/// @param unfinished whether the last footnote goes on
record PageProgress(
        Pages pages,
        long characters,
        int blocks,
        Map<Integer, Integer> sizes,
        boolean unfinished,
        PdfWriter.Tables tables) {

    /// What was found about the pages so far.
    ///
    /// @param read how many they are
    /// @param garbage those whose letters mean nothing
    /// @param withHidden those with text nobody sees
    /// @param hidden how many such characters
    record Pages(
            int read,
            long characters,
            List<Integer> garbage,
            List<Integer> withHidden,
            int hidden) {}

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static @Nullable PageProgress of(@Nullable String json) {
        return json == null ? null : JSON.readValue(json, PageProgress.class);
    }

    String json() {
        return JSON.writeValueAsString(this);
    }
}
