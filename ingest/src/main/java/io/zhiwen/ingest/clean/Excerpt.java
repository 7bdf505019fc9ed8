package io.zhiwen.ingest.clean;

import io.zhiwen.ingest.parse.Block;
import io.zhiwen.ingest.parse.Finding;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The words around something that was found, with personal numbers and secrets made illegible.
///
/// @param page or slide, from 1
/// @param sheet of a workbook
public record Excerpt(@Nullable Integer page, @Nullable String sheet, String text) {

    /// In characters, before and behind what was found.
    private static final int AROUND = 40;

    /// Where personal numbers or secrets of this kind stand, the first `most` blocks of them; none
    /// for any other kind, and where they were masked.
    public static List<Excerpt> of(CleanDocument document, Finding.Kind kind, int most) {
        return document.blocks().stream()
                .flatMap(block -> in(block, kind).stream())
                .limit(most)
                .toList();
    }

    private static List<Excerpt> in(Block block, Finding.Kind kind) {
        return Sensitive.first(block.text(), kind).stream()
                .flatMap(
                        span -> {
                            String shown =
                                    Sensitive.masked(Block.paragraph(block.text(), null)).text();
                            int from = Math.max(0, span.start() - AROUND);
                            int to = Math.min(shown.length(), span.end() + AROUND);
                            String text = shown.substring(from, to).replaceAll("\\s+", " ").strip();
                            return Stream.of(
                                    new Excerpt(
                                            block.page(),
                                            block.sheet(),
                                            (from > 0 ? "…" : "")
                                                    + text
                                                    + (to < shown.length() ? "…" : "")));
                        })
                .toList();
    }
}
