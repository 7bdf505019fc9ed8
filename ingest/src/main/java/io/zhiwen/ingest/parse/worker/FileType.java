package io.zhiwen.ingest.parse.worker;

import io.zhiwen.ingest.parse.UnreadableDocument.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.tika.detect.Detector;
import org.apache.tika.detect.microsoft.POIFSContainerDetector;
import org.apache.tika.detect.zip.DefaultZipContainerDetector;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MediaType;
import org.apache.tika.mime.MediaTypeRegistry;
import org.apache.tika.mime.MimeTypes;
import org.jspecify.annotations.Nullable;

/// What a file is, by its content; its name only tells text formats apart, which look alike.
///
/// @param mismatch whether the name promises something else
/// @param unreadable why there is no reading it, if that is known already
record FileType(String mediaType, boolean mismatch, @Nullable Reason unreadable) {

    static final String TEXT = "text/plain";
    static final String MARKDOWN = "text/markdown";
    static final String CSV = "text/csv";
    static final String HTML = "text/html";
    static final String XML = "application/xml";
    static final String JSON = "application/json";
    static final String SOURCE = "text/x-source";
    static final String MAIL = "message/rfc822";

    private static final MimeTypes MAGIC = MimeTypes.getDefaultMimeTypes();
    private static final MediaTypeRegistry REGISTRY = MAGIC.getMediaTypeRegistry();
    private static final int HEAD = 64 * 1024;
    private static final Pattern MAIL_HEADER =
            Pattern.compile(
                    "(?mi)^(from|to|subject|date|message-id|mime-version|received|return-path|delivered-to|content-type|x-[a-z-]+):");
    private static final Pattern HTML_TAG =
            Pattern.compile("(?is).*<(!doctype\\s+html|html|head|body|div|p|table|h[1-6])\\b.*");

    static FileType of(Path file, String name) throws IOException {
        byte[] head = head(file);
        if (head.length == 0) {
            return new FileType("application/x-empty", false, Reason.EMPTY);
        }
        String extension = extension(name);
        String type = byContent(file, head, extension);
        Reason unreadable = null;
        if (!Formats.isKnown(type)) {
            unreadable = Unsupported.reason(type, extension);
        }
        return new FileType(type, Extensions.promisesOtherThan(type, extension), unreadable);
    }

    private static String byContent(Path file, byte[] head, String extension) throws IOException {
        MediaType magic = magic(file);
        String type = magic.getBaseType().toString();
        if (type.equals(MAIL) || isMailNamed(extension, head)) {
            return isMail(head) ? MAIL : byText(head, extension);
        }
        if (type.equals("application/octet-stream")) {
            return isText(head) ? byText(head, extension) : type;
        }
        if (type.equals("application/xhtml+xml") || type.equals(HTML)) {
            boolean markdown = Extensions.isMarkdown(extension) && !startsAsHtml(head);
            return markdown ? MARKDOWN : HTML;
        }
        if (type.equals("image/svg+xml")) {
            return type;
        }
        if (type.endsWith("+xml") || type.equals(XML) || type.equals("text/xml")) {
            return xml(head);
        }
        boolean isText =
                type.startsWith("text/")
                        || REGISTRY.isSpecializationOf(magic, MediaType.TEXT_PLAIN);
        boolean plain = isText && (!Formats.isKnown(type) || type.equals(TEXT));
        return plain ? byText(head, extension) : type;
    }

    private static MediaType magic(Path file) throws IOException {
        try (TikaInputStream in = TikaInputStream.get(file)) {
            MediaType magic = MAGIC.detect(in, new Metadata());
            if (isZip(file)) {
                Archive.check(file);
            }
            Detector container =
                    switch (magic.getBaseType().toString()) {
                        case "application/zip", "application/x-tika-ooxml" ->
                                new DefaultZipContainerDetector();
                        case "application/x-tika-msoffice" -> new POIFSContainerDetector();
                        default -> (_, _) -> MediaType.OCTET_STREAM;
                    };
            MediaType inside = container.detect(in, new Metadata());
            MediaType type = inside.equals(MediaType.OCTET_STREAM) ? magic : inside;
            boolean archive = type.getBaseType().toString().equals(ZipKind.ZIP);
            return archive ? MediaType.parse(ZipKind.of(file)) : type;
        }
    }

    static boolean isZip(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.read() == 'P' && in.read() == 'K' && in.read() == 3 && in.read() == 4;
        }
    }

    private static String byText(byte[] head, String extension) {
        if (Extensions.isMarkdown(extension)) {
            return MARKDOWN;
        }
        if (extension.equals("csv") || extension.equals("tsv")) {
            return CSV;
        }
        String text = new String(head, StandardCharsets.ISO_8859_1);
        char first = firstCharacter(head);
        if (Extensions.isJson(extension) && (first == '{' || first == '[')) {
            return JSON;
        }
        if (Extensions.isXml(extension) && first == '<') {
            return xml(head);
        }
        if (Extensions.isSource(extension)) {
            return SOURCE;
        }
        if ((extension.equals("html") || extension.equals("htm"))
                && HTML_TAG.matcher(text).matches()) {
            return HTML;
        }
        return TEXT;
    }

    private static String xml(byte[] head) {
        boolean drawing = new String(head, StandardCharsets.ISO_8859_1).contains("<mxfile");
        return drawing ? ZipKind.DRAWIO : XML;
    }

    /// But white space; a zero where there is none.
    private static char firstCharacter(byte[] head) {
        String text = Charsets.decode(head, null);
        String visible = text == null ? "" : text.replace("\uFEFF", "").strip();
        return visible.isEmpty() ? 0 : visible.charAt(0);
    }

    private static boolean isText(byte[] head) {
        // the last characters may be cut off
        String text = Charsets.decode(head, null);
        return text != null && Charsets.plausible(text) > 0.98;
    }

    private static boolean isMailNamed(String extension, byte[] head) {
        return extension.equals("eml") && isText(head);
    }

    private static boolean isMail(byte[] head) {
        String start =
                new String(head, 0, Math.min(head.length, 8192), StandardCharsets.ISO_8859_1);
        return MAIL_HEADER.matcher(start).results().limit(3).count() >= 2;
    }

    private static boolean startsAsHtml(byte[] head) {
        String start = new String(head, 0, Math.min(head.length, 512), StandardCharsets.ISO_8859_1);
        String lower = start.strip().toLowerCase(Locale.ROOT);
        return lower.startsWith("<!doctype html") || lower.startsWith("<html");
    }

    private static byte[] head(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(HEAD);
        }
    }

    static String extension(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1).strip().toLowerCase(Locale.ROOT);
    }
}
