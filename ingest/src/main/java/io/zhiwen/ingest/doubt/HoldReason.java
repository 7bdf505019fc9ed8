package io.zhiwen.ingest.doubt;

import io.zhiwen.ingest.clean.Excerpt;
import io.zhiwen.ingest.parse.Finding;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One reason why a version is held, with the place where it has one.
///
/// @param finding what was found; null where the doubt is not about the text
/// @param excerpts some of the places where it stands, personal numbers made illegible
/// @param document that says nearly the same; null for every other doubt
/// @param percent how much of this version is in that document
/// @param note what a person said; empty where none did
public record HoldReason(
        Doubt doubt,
        @Nullable Finding finding,
        List<Excerpt> excerpts,
        @Nullable UUID document,
        int percent,
        String note) {

    public HoldReason {
        excerpts = List.copyOf(excerpts);
    }

    public static HoldReason found(Doubt doubt, Finding finding, List<Excerpt> excerpts) {
        return new HoldReason(doubt, finding, excerpts, null, 0, "");
    }

    public static HoldReason alike(UUID document, int percent) {
        return new HoldReason(Doubt.NEAR_DUPLICATE, null, List.of(), document, percent, "");
    }

    /// @param note of the person who holds or rejected it
    public static HoldReason said(Doubt doubt, String note) {
        return new HoldReason(doubt, null, List.of(), null, 0, note);
    }
}
