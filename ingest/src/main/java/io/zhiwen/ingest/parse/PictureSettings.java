package io.zhiwen.ingest.parse;

import io.zhiwen.ingest.parse.Picture.Use;
import java.util.Set;

/// Which pictures of a document are kept for a vision model.
///
/// @param uses what for; none are kept where there is none
/// @param most of one document, pages and figures together
public record PictureSettings(Set<Use> uses, int most) {

    /// None is kept.
    public static final PictureSettings NONE = new PictureSettings(Set.of(), 0);

    public PictureSettings {
        uses = Set.copyOf(uses);
    }
}
