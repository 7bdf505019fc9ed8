package io.zhiwen.ingest.parse.worker;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.poi.hsmf.MAPIMessage;
import org.apache.poi.hsmf.datatypes.AttachmentChunks;
import org.apache.poi.hsmf.exceptions.ChunkNotFoundException;
import org.jsoup.Jsoup;
import org.jspecify.annotations.Nullable;

/// A mail as Outlook keeps it, read as [MailReader] reads any other.
final class OutlookReader implements DocumentReader {

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT);
    private static final long UNPACKED = -1;

    @Override
    public void read(Path file, Blocks to) throws IOException {
        try (MAPIMessage mail = new MAPIMessage(file.toFile())) {
            mail.setReturnNullOnMissingChunk(true);
            mail.guess7BitEncoding();
            to.title(said(mail::getSubject));
            head(mail, to);
            body(mail, to);
            List<String> attached = new ArrayList<>();
            for (AttachmentChunks part : mail.getAttachmentFiles()) {
                attach(part, to.parts(), attached);
            }
            if (!attached.isEmpty()) {
                to.paragraph("Attachments: " + String.join(", ", attached));
            }
        }
    }

    /// A part of a message that may be missing.
    private interface Said {
        @Nullable String get() throws ChunkNotFoundException;
    }

    private static @Nullable String said(Said part) {
        try {
            String text = part.get();
            return text == null || text.isBlank() ? null : text.strip();
        } catch (ChunkNotFoundException e) {
            return null;
        }
    }

    private static void head(MAPIMessage mail, Blocks to) throws IOException {
        List<String> lines = new ArrayList<>();
        line("Subject", said(mail::getSubject), lines);
        line("From", said(mail::getDisplayFrom), lines);
        line("To", said(mail::getDisplayTo), lines);
        line("Cc", said(mail::getDisplayCC), lines);
        line("Date", date(mail), lines);
        to.paragraph(String.join("\n", lines));
    }

    private static @Nullable String date(MAPIMessage mail) {
        try {
            Calendar date = mail.getMessageDate();
            return date == null ? null : DAY.format(date.toInstant().atOffset(ZoneOffset.UTC));
        } catch (ChunkNotFoundException e) {
            return null;
        }
    }

    private static void line(String name, @Nullable String value, List<String> lines) {
        if (value != null) {
            lines.add(name + ": " + value);
        }
    }

    private static void body(MAPIMessage mail, Blocks to) throws IOException {
        String html = said(mail::getHtmlBody);
        String text = said(mail::getTextBody);
        if (html != null) {
            HtmlReader.writeBody(Jsoup.parse(html), to);
        } else if (text != null) {
            TextReader.write(text, to);
        }
    }

    private static void attach(AttachmentChunks part, Parts to, List<String> attached)
            throws IOException {
        String name = name(part);
        byte[] bytes = part.getEmbeddedAttachmentObject();
        if (part.isEmbeddedMessage()) {
            try (MAPIMessage inner = part.getEmbeddedMessage()) {
                var out = new ByteArrayOutputStream();
                inner.write(out);
                bytes = out.toByteArray();
                name = name.endsWith(".msg") ? name : name + ".msg";
            }
        }
        if (bytes != null) {
            attached.add(Parts.safe(name));
            to.add(name, new ByteArrayInputStream(bytes), UNPACKED);
        }
    }

    private static String name(AttachmentChunks part) {
        String name = "attachment";
        if (part.getAttachLongFileName() != null) {
            name = part.getAttachLongFileName().getValue();
        } else if (part.getAttachFileName() != null) {
            name = part.getAttachFileName().getValue();
        }
        return Objects.requireNonNullElse(name, "attachment");
    }
}
