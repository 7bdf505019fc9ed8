package io.zhiwen.library;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What people call the types of files.
public final class FileTypes {

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
                    Map.entry("message/rfc822", "E-mail"),
                    Map.entry("application/vnd.ms-outlook", "E-mail"),
                    Map.entry("application/json", "JSON"),
                    Map.entry("application/xml", "XML"),
                    Map.entry("text/x-source", "Code"),
                    Map.entry("application/ofd", "OFD"),
                    Map.entry("application/vnd.xmind.workbook", "XMind"),
                    Map.entry("application/x-tar", "TAR"),
                    Map.entry("application/x-gtar", "TAR"),
                    Map.entry("application/gzip", "GZ"),
                    Map.entry("application/x-bzip2", "BZ2"),
                    Map.entry("application/x-xz", "XZ"),
                    Map.entry("application/x-7z-compressed", "7z"),
                    Map.entry("application/zip", "ZIP"));

    private FileTypes() {}

    /// The same of a column, as an expression of the database.
    public static String sql(String column) {
        var bare = "trim(split_part(" + column + ", ';', 1))";
        return TYPES.entrySet().stream()
                .map(type -> "when '%s' then '%s'".formatted(type.getKey(), type.getValue()))
                .sorted()
                .collect(
                        Collectors.joining(
                                " ",
                                """
                                case when %1$s like '%%wordprocessingml%%' then 'Word'
                                    when %1$s like '%%presentationml%%' then 'PowerPoint'
                                    when %1$s like '%%spreadsheetml%%' then 'Excel'
                                    when %2$s like 'image/%%'
                                        then upper(regexp_replace(substr(%2$s, 7), '^x-', ''))
                                    else case %2$s
                                """
                                        .formatted(column, bare),
                                " else '' end end"));
    }

    /// Empty for a type without such a name.
    public static String named(@Nullable String mediaType) {
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
        if (bare.startsWith("image/")) {
            return bare.substring("image/".length())
                    .replaceFirst("^(x-|x-ms-)", "")
                    .toUpperCase(Locale.ROOT);
        }
        return TYPES.getOrDefault(bare, "");
    }
}
