package io.zhiwen.ingest.parse.worker;

import java.io.IOException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The pictures of a page: those that stand in it, and those that its file brings with it. None is
/// ever fetched.
final class HtmlPictures {

    private static final Pattern DATA =
            Pattern.compile("data:image/[\\w.+-]+(?:;[\\w=.-]+)*;base64,");

    /// Where a page's file keeps its pictures.
    interface Source {
        byte @Nullable [] bytes(String address) throws IOException;
    }

    private final Figures figures;
    private final Source source;

    HtmlPictures(Figures figures, Source source) {
        this.figures = figures;
        this.source = source;
    }

    /// Its text as a figure, or an empty one.
    ///
    /// @param alt what the page says it shows
    String text(String address, String alt) {
        try {
            byte[] picture = bytes(address);
            return picture == null ? "" : figures.text(picture, null, alt);
        } catch (IOException | IllegalArgumentException e) {
            figures.leave(null);
            return "";
        }
    }

    private byte @Nullable [] bytes(String address) throws IOException {
        Matcher data = DATA.matcher(address);
        return data.lookingAt()
                ? Base64.getMimeDecoder().decode(address.substring(data.end()))
                : source.bytes(address);
    }
}
