package io.zhiwen.pages;

import io.zhiwen.library.DocumentRow;
import io.zhiwen.library.Status;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A document as lists, its page and scripts take it: everything in words.
record RowView(
        String id,
        String name,
        int version,
        String status,
        String statusText,
        String icon,
        boolean working,
        int done,
        int total,
        String reason,
        String detail,
        String chunks,
        String size,
        String type,
        boolean mismatch,
        int pages,
        String by,
        String updated,
        String updatedText) {

    private static final Map<String, String> TYPES =
            Map.ofEntries(
                    Map.entry("application/pdf", "PDF"),
                    Map.entry("application/msword", "Word"),
                    Map.entry("application/vnd.ms-powerpoint", "PowerPoint"),
                    Map.entry("application/vnd.ms-excel", "Excel"),
                    Map.entry("application/rtf", "RTF"),
                    Map.entry("application/epub+zip", "EPUB"),
                    Map.entry("application/vnd.oasis.opendocument.text", "ODT"),
                    Map.entry("application/xhtml+xml", "HTML"),
                    Map.entry("text/html", "HTML"),
                    Map.entry("text/markdown", "Markdown"),
                    Map.entry("text/x-web-markdown", "Markdown"),
                    Map.entry("text/csv", "CSV"),
                    Map.entry("text/plain", "TXT"),
                    Map.entry("message/rfc822", "E-mail"));

    static RowView of(DocumentRow row, Words words, Locale locale) {
        var formats = new Formats(locale);
        var chunks = row.chunks();
        var pages = row.pages();
        return new RowView(
                row.id().toString(),
                row.name(),
                row.version(),
                row.status().code(),
                statusText(row, words, locale),
                row.status().code(),
                !row.status().isFinal(),
                row.progressDone(),
                row.progressTotal(),
                row.status() == Status.FAILED ? reason(row.reasonCode(), words, locale) : "",
                row.reasonDetail() == null ? "" : row.reasonDetail(),
                chunks == null ? "" : formats.number(chunks),
                formats.size(row.bytes()),
                type(row.mediaType()),
                row.typeMismatch(),
                pages == null ? 0 : pages,
                row.uploadedBy().replaceFirst("^(user|key):", ""),
                row.updatedAt().toString(),
                formats.moment(row.updatedAt()));
    }

    private static String statusText(DocumentRow row, Words words, Locale locale) {
        boolean counted = row.status() == Status.EMBEDDING && row.progressTotal() > 0;
        return counted
                ? words.say(locale, "status.embedding.of", row.progressDone(), row.progressTotal())
                : words.say(locale, "status." + row.status().code());
    }

    static String reason(@Nullable String code, Words words, Locale locale) {
        var known = code == null ? "internal" : code;
        var key = "reason." + known.toLowerCase(Locale.ROOT);
        return words.sayOr(locale, key, "reason.unknown");
    }

    private static String type(@Nullable String mediaType) {
        if (mediaType == null) {
            return "";
        }
        var bare = mediaType.replaceFirst(";.*", "").strip();
        if (bare.contains("wordprocessingml")) {
            return "Word";
        }
        if (bare.contains("presentationml")) {
            return "PowerPoint";
        }
        if (bare.contains("spreadsheetml")) {
            return "Excel";
        }
        return TYPES.getOrDefault(bare, "");
    }
}
