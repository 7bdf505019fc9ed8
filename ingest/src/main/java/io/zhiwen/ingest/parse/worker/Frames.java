package io.zhiwen.ingest.parse.worker;

import io.zhiwen.ingest.parse.Block;
import io.zhiwen.ingest.parse.Figure;
import io.zhiwen.ingest.parse.Finding;
import io.zhiwen.ingest.parse.OcrSettings;
import io.zhiwen.ingest.parse.OfficeSettings;
import io.zhiwen.ingest.parse.Part;
import io.zhiwen.ingest.parse.Picture;
import io.zhiwen.ingest.parse.PictureSettings;
import io.zhiwen.ingest.parse.ScannedPage;
import io.zhiwen.ingest.parse.UnpackSettings;
import io.zhiwen.ingest.parse.UnreadableDocument.Reason;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// What goes over the pipe: a length in four bytes, then JSON, believed only when it is whole. One
/// request is answered by any
/// number of `Reply` frames, the last of them with an `end`.
public final class Frames {

    /// Parse this file.
    ///
    /// @param partsFolder for the files inside of it, the n-th called n, and for its figures in a
    /// folder there
    /// @param state of an earlier reading, which goes on behind the range that told it
    public record Request(
            String path,
            String name,
            int maxChars,
            OcrSettings ocr,
            OfficeSettings office,
            String partsFolder,
            UnpackSettings unpack,
            PictureSettings pictures,
            @Nullable String state) {}

    /// Some more blocks, or the end.
    ///
    /// @param pictures for a vision model, of which no end tells
    /// @param reading a page is going to be read by OCR, which has a time limit of its own
    /// @param pages how many are read by now, of `ofPages`; 0 where they are not counted
    /// @param state behind a range of pages, when another worker could go on there
    public record Reply(
            List<Block> blocks,
            List<Picture> pictures,
            boolean reading,
            int pages,
            int ofPages,
            @Nullable String state,
            @Nullable End end) {

        public Reply {
            blocks = List.copyOf(blocks);
            pictures = List.copyOf(pictures);
            if (pages < 0 || pages > ofPages) {
                throw new IllegalArgumentException(pages + " of " + ofPages + " pages");
            }
        }
    }

    /// How it ended: with a media type, or with a reason.
    public record End(
            @Nullable String mediaType,
            boolean typeMismatch,
            @Nullable String title,
            @Nullable Integer pages,
            List<Finding> findings,
            List<Part> parts,
            List<ScannedPage> scans,
            List<Figure> figures,
            @Nullable Reason reason,
            @Nullable String detail) {

        public End {
            findings = List.copyOf(findings);
            parts = List.copyOf(parts);
            scans = List.copyOf(scans);
            figures = List.copyOf(figures);
        }
    }

    /// More than any honest frame: a block holds at most the text of a whole file.
    private static final int MAX_BYTES = 96 << 20;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Frames() {}

    public static void write(DataOutputStream out, Object frame) throws IOException {
        byte[] json = JSON.writeValueAsBytes(frame);
        out.writeInt(json.length);
        out.write(json);
        out.flush();
    }

    /// @throws java.io.EOFException when the other side is gone
    public static <T> T read(DataInputStream in, Class<T> type) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > MAX_BYTES) {
            throw new IOException("not a frame: " + length + " bytes announced");
        }
        byte[] json = in.readNBytes(length);
        if (json.length < length) {
            throw new IOException("a frame broke off");
        }
        try {
            T frame = JSON.readValue(json, type);
            if (frame == null) {
                throw new IOException("not a frame: null");
            }
            return frame;
        } catch (JacksonException e) {
            throw new IOException("not a frame: " + e.getOriginalMessage(), e);
        }
    }
}
