package io.zhiwen.ingest.parse.worker;

import io.zhiwen.ingest.parse.OcrSettings;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;
import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.dom.SingleBody;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.apache.james.mime4j.message.DefaultMessageWriter;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.jsoup.Jsoup;
import org.jspecify.annotations.Nullable;

/// A mail: who, when and about what first, then the body once, then the names of what is attached;
/// each of those is a document of its own.
final class MailReader implements DocumentReader {

    private static final List<String> SHOWN = List.of("Subject", "From", "To", "Cc", "Date");
    private static final int DEEPEST = 10;

    /// What a saved web page brings with it to look as it did.
    private static final Set<String> LOOKS = Set.of("text/css", "text/javascript");

    /// What is attached is as long as the mail says it.
    private static final long UNPACKED = -1;

    private final OcrSettings ocr;

    MailReader(OcrSettings ocr) {
        this.ocr = ocr;
    }

    @Override
    public void read(Path file, Blocks to) throws IOException {
        DefaultMessageBuilder builder = new DefaultMessageBuilder();
        builder.setMimeEntityConfig(MimeConfig.PERMISSIVE);
        builder.setDecodeMonitor(DecodeMonitor.SILENT);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            Message message = builder.parseMessage(in);
            to.title(header(message, "Subject"));
            List<String> attached = new ArrayList<>();
            Figures figures = new Figures(ocr, to);
            message(message, to, attached, figures, 0);
            if (!attached.isEmpty()) {
                to.paragraph("Attachments: " + String.join(", ", attached));
            }
            figures.tell();
            message.dispose();
        }
    }

    private static void message(
            Message message, Blocks to, List<String> attached, Figures figures, int depth)
            throws IOException {
        List<String> lines = new ArrayList<>();
        for (String name : SHOWN) {
            String value = header(message, name);
            if (value != null) {
                lines.add(name + ": " + value);
            }
        }
        to.paragraph(String.join("\n", lines));
        part(message, to, attached, figures, depth + 1);
    }

    private static @Nullable String header(Entity part, String name) {
        Field field = part.getHeader() == null ? null : part.getHeader().getField(name);
        if (field == null || field.getBody() == null) {
            return null;
        }
        String text = DecoderUtil.decodeEncodedWords(raw(field), DecodeMonitor.SILENT);
        return text.isBlank() ? null : text.replaceAll("\\s+", " ").strip();
    }

    /// As its bytes say, which many a mailer leaves unencoded.
    private static String raw(Field field) {
        var bytes = field.getRaw();
        if (bytes == null) {
            return field.getBody();
        }
        String line = Charsets.decode(bytes.toByteArray(), null);
        return line == null ? field.getBody() : line.substring(line.indexOf(':') + 1);
    }

    private static void part(
            Entity part, Blocks to, List<String> attached, Figures figures, int depth)
            throws IOException {
        if (depth > DEEPEST) {
            return;
        }
        boolean isAttached = "attachment".equalsIgnoreCase(part.getDispositionType());
        String type = part.getMimeType() == null ? "text/plain" : part.getMimeType();
        if (isAttached
                || !(type.startsWith("text/")
                        || type.startsWith("multipart/")
                        || type.startsWith("message/"))) {
            attach(part, isAttached, type, to.parts(), attached, figures);
            return;
        }
        switch (part.getBody()) {
            case Multipart parts when type.equals("multipart/alternative") ->
                    part(best(parts), to, attached, figures, depth + 1);
            case Multipart parts -> {
                for (Entity inner : parts.getBodyParts()) {
                    part(inner, to, attached, figures, depth + 1);
                }
            }
            case Message inner -> message(inner, to, attached, figures, depth + 1);
            case SingleBody body when !LOOKS.contains(type) ->
                    text(body, type, part.getCharset(), to);
            case null, default -> {}
        }
    }

    /// A picture that is shown in the text is part of the text.
    private static void attach(
            Entity part,
            boolean isAttached,
            String type,
            Parts to,
            List<String> attached,
            Figures figures)
            throws IOException {
        String given = part.getFilename();
        if (!isAttached && type.startsWith("image/") && part.getBody() instanceof SingleBody body) {
            try (InputStream in = body.getInputStream()) {
                figures.write(Bytes.of(in), null, "");
            }
        }
        if (!isAttached && (given == null || type.startsWith("image/"))) {
            return;
        }
        String name =
                given == null
                        ? type.equals("message/rfc822") ? "mail.eml" : "attachment"
                        : DecoderUtil.decodeEncodedWords(given, DecodeMonitor.SILENT);
        switch (part.getBody()) {
            case SingleBody body -> {
                attached.add(Parts.safe(name));
                try (InputStream in = body.getInputStream()) {
                    to.add(name, in, UNPACKED);
                }
            }
            case Message inner -> {
                attached.add(Parts.safe(name));
                var bytes = new ByteArrayOutputStream();
                new DefaultMessageWriter().writeMessage(inner, bytes);
                to.add(name, new ByteArrayInputStream(bytes.toByteArray()), UNPACKED);
            }
            case null, default -> {}
        }
    }

    /// Of versions of the same text the HTML one, which keeps its tables, or else the last that is
    /// text.
    private static Entity best(Multipart versions) {
        Entity best = versions.getBodyParts().getFirst();
        for (Entity version : versions.getBodyParts()) {
            String type = version.getMimeType();
            boolean better =
                    type != null && (type.equals("text/html") || type.startsWith("multipart/"));
            best = better ? version : best;
        }
        return best;
    }

    private static void text(SingleBody body, String type, @Nullable String charset, Blocks to)
            throws IOException {
        byte[] bytes;
        try (InputStream in = body.getInputStream()) {
            bytes = Bytes.of(in);
        }
        boolean usual = charset == null || charset.equalsIgnoreCase("us-ascii");
        String text = Charsets.decode(bytes, usual ? null : charset);
        if (text == null) {
            return;
        }
        if (type.equals("text/html")) {
            HtmlReader.writeBody(Jsoup.parse(usual ? HtmlReader.decode(bytes) : text), to);
        } else {
            TextReader.write(text, to);
        }
    }
}
