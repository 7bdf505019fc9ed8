package io.zhiwen.ingest.parse;

import io.zhiwen.ingest.parse.TranscriptionServer.Said;
import io.zhiwen.ingest.parse.UnreadableDocument.Reason;
import io.zhiwen.ingest.upload.SourceFile;
import java.net.URLConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A parser that has sound and video written down by a server where one is set. A paragraph is what
/// was said in about half a minute, behind the time at which it begins. Safe for concurrent use.
public final class Transcribing implements DocumentParser, AutoCloseable {

    private static final double SECONDS_A_PARAGRAPH = 30;
    private static final int CHARACTERS_A_PARAGRAPH = 600;

    private final DocumentParser parser;
    private final @Nullable TranscriptionServer server;

    public Transcribing(DocumentParser parser, TranscriptionSettings settings) {
        this.parser = parser;
        this.server = settings.isSet() ? new TranscriptionServer(settings) : null;
    }

    /// Has such a server listen to half a second of silence.
    ///
    /// @throws UnreadableDocument when it does not, with the reason in its detail
    public static void tryOut(TranscriptionSettings settings, Duration atMost)
            throws UnreadableDocument, InterruptedException {
        var hurried =
                new TranscriptionSettings(settings.url(), settings.model(), settings.key(), atMost);
        try (var server = new TranscriptionServer(hurried)) {
            server.tryOut();
        }
    }

    @Override
    public ParsedDocument parse(SourceFile file) throws UnreadableDocument, InterruptedException {
        try {
            return parser.parse(file);
        } catch (UnreadableDocument e) {
            return heard(file, e);
        }
    }

    @Override
    public ParsedDocument parse(SourceFile file, PartSink parts)
            throws UnreadableDocument, InterruptedException {
        try {
            return parser.parse(file, parts);
        } catch (UnreadableDocument e) {
            return heard(file, e);
        }
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }

    private ParsedDocument heard(SourceFile file, UnreadableDocument unread)
            throws UnreadableDocument, InterruptedException {
        TranscriptionServer asked = server;
        if (asked == null || unread.reason() != Reason.MEDIA) {
            throw unread;
        }
        List<Block> blocks = paragraphs(asked.transcribe(file));
        if (blocks.isEmpty()) {
            throw UnreadableDocument.because(Reason.NO_TEXT, "nothing is said in it");
        }
        String type = URLConnection.guessContentTypeFromName(file.name());
        return new ParsedDocument(type == null ? "audio/mpeg" : type, false, null, null, blocks);
    }

    private static List<Block> paragraphs(List<Said> all) {
        boolean timed = all.size() > 1;
        List<Block> blocks = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        double begun = 0;
        for (Said said : all) {
            boolean full =
                    said.second() - begun >= SECONDS_A_PARAGRAPH
                            || text.length() >= CHARACTERS_A_PARAGRAPH;
            if (full && !text.isEmpty()) {
                blocks.add(paragraph(text, begun, timed));
                text.setLength(0);
            }
            String words = said.text().strip();
            if (words.isEmpty()) {
                continue;
            }
            if (text.isEmpty()) {
                begun = said.second();
            } else if (words.codePointAt(0) < 0x2E80) {
                text.append(' ');
            }
            text.append(words);
        }
        if (!text.isEmpty()) {
            blocks.add(paragraph(text, begun, timed));
        }
        return blocks;
    }

    private static Block paragraph(StringBuilder text, double begun, boolean timed) {
        return Block.paragraph(
                timed ? "[" + time((long) begun) + "] " + text : text.toString(), null);
    }

    private static String time(long second) {
        return second < 3600
                ? String.format(Locale.ROOT, "%02d:%02d", second / 60, second % 60)
                : String.format(
                        Locale.ROOT, "%d:%02d:%02d", second / 3600, second / 60 % 60, second % 60);
    }
}
