package io.zhiwen.ingest.parse;

import io.zhiwen.ingest.parse.UnreadableDocument.Reason;
import io.zhiwen.ingest.upload.SourceFile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A parser whose pages that nobody could read are read, and whose figures are described, by a
/// vision model where one is set. What the model does not answer for stays listed as unread; once
/// its server fails it is asked no more for this document. Safe for concurrent use.
public final class Seeing implements DocumentParser, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Seeing.class);

    private final DocumentParser parser;
    private final @Nullable VisionServer server;

    public Seeing(DocumentParser parser, VisionSettings settings) {
        this.parser = parser;
        this.server = settings.isSet() ? new VisionServer(settings) : null;
    }

    /// Has such a server look at a small white page.
    ///
    /// @throws IllegalStateException when it does not, saying why
    public static void tryOut(VisionSettings settings, Duration atMost)
            throws InterruptedException {
        var hurried =
                new VisionSettings(
                        settings.url(),
                        settings.model(),
                        settings.key(),
                        atMost,
                        settings.mostPages(),
                        settings.uses());
        try (var server = new VisionServer(hurried)) {
            server.tryOut(new Picture(Picture.Use.PAGES, 1, "", white()));
        } catch (VisionUnavailable e) {
            throw new IllegalStateException(e.detail(), e);
        }
    }

    private static byte[] white() {
        var page = new BufferedImage(64, 64, BufferedImage.TYPE_BYTE_GRAY);
        page.createGraphics().fillRect(0, 0, 64, 64);
        var jpeg = new ByteArrayOutputStream();
        try {
            ImageIO.write(page, "jpeg", jpeg);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // it is written to memory
        }
        return jpeg.toByteArray();
    }

    @Override
    public ParsedDocument parse(SourceFile file) throws UnreadableDocument, InterruptedException {
        return seen(file, parser.parse(file));
    }

    @Override
    public ParsedDocument parse(SourceFile file, PartSink parts)
            throws UnreadableDocument, InterruptedException {
        return seen(file, parser.parse(file, parts));
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }

    private ParsedDocument seen(SourceFile file, ParsedDocument parsed)
            throws UnreadableDocument, InterruptedException {
        VisionServer asked = server;
        if (asked == null || parsed.pictures().isEmpty()) {
            return parsed;
        }
        var sights = new Sights(parsed);
        String failure = null;
        for (Picture picture : parsed.pictures()) {
            if (failure != null) {
                sights.unanswered(picture);
                continue;
            }
            try {
                sights.seen(picture, asked.look(picture));
            } catch (VisionUnavailable e) {
                failure = e.detail();
                LOG.warn("the vision server did not look at {}: {}", file.sha256(), failure);
                sights.unanswered(picture);
            }
        }
        ParsedDocument seen = sights.document();
        if (seen.blocks().isEmpty() && !seen.isFolder()) {
            throw failure == null
                    ? UnreadableDocument.because(
                            Reason.NO_TEXT_LAYER, "neither OCR nor the vision model read anything")
                    : UnreadableDocument.because(Reason.VISION_UNAVAILABLE, failure);
        }
        return seen;
    }
}
