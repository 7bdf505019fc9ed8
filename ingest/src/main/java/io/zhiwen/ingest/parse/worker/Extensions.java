package io.zhiwen.ingest.parse.worker;

import java.util.Map;
import java.util.Set;

/// What the end of a file's name promises.
final class Extensions {

    private static final String WORD =
            "application/vnd.openxmlformats-officedocument.wordprocessingml";
    private static final String SLIDES =
            "application/vnd.openxmlformats-officedocument.presentationml";
    private static final String SHEET =
            "application/vnd.openxmlformats-officedocument.spreadsheetml";

    /// Text whose format the content does not tell: one may stand for another without harm.
    private static final Set<String> TEXTS = Set.of(FileType.TEXT, FileType.MARKDOWN, FileType.CSV);

    /// Beginnings of the media types that keep the promise.
    private static final Map<String, Set<String>> KEPT_BY =
            Map.ofEntries(
                    Map.entry("pdf", Set.of("application/pdf")),
                    Map.entry("doc", Set.of("application/msword", "application/x-tika-msoffice")),
                    Map.entry("dot", Set.of("application/msword", "application/x-tika-msoffice")),
                    Map.entry("docx", Set.of(WORD, "application/x-tika-ooxml")),
                    Map.entry("docm", Set.of(WORD, "application/vnd.ms-word.")),
                    Map.entry("dotx", Set.of(WORD)),
                    Map.entry(
                            "ppt",
                            Set.of("application/vnd.ms-powerpoint", "application/x-tika-msoffice")),
                    Map.entry("pps", Set.of("application/vnd.ms-powerpoint")),
                    Map.entry("pptx", Set.of(SLIDES, "application/x-tika-ooxml")),
                    Map.entry("pptm", Set.of(SLIDES, "application/vnd.ms-powerpoint.")),
                    Map.entry("ppsx", Set.of(SLIDES)),
                    Map.entry(
                            "xls",
                            Set.of("application/vnd.ms-excel", "application/x-tika-msoffice")),
                    Map.entry("xlsx", Set.of(SHEET, "application/x-tika-ooxml")),
                    Map.entry("xlsm", Set.of(SHEET, "application/vnd.ms-excel.")),
                    Map.entry("html", Set.of(FileType.HTML, FileType.TEXT)),
                    Map.entry("htm", Set.of(FileType.HTML, FileType.TEXT)),
                    Map.entry("xhtml", Set.of(FileType.HTML, FileType.XML)),
                    Map.entry("xml", Set.of(FileType.XML, FileType.HTML)),
                    Map.entry("rss", Set.of(FileType.XML)),
                    Map.entry("atom", Set.of(FileType.XML)),
                    Map.entry("md", TEXTS),
                    Map.entry("markdown", TEXTS),
                    Map.entry("txt", TEXTS),
                    Map.entry("text", TEXTS),
                    Map.entry("log", TEXTS),
                    Map.entry("csv", TEXTS),
                    Map.entry("tsv", TEXTS),
                    Map.entry("json", Set.of(FileType.JSON, FileType.TEXT)),
                    Map.entry("eml", Set.of(FileType.MAIL)),
                    Map.entry(
                            "msg",
                            Set.of("application/vnd.ms-outlook", "application/x-tika-msoffice")),
                    Map.entry("epub", Set.of("application/epub+zip")),
                    Map.entry("rtf", Set.of("application/rtf", "text/rtf")),
                    Map.entry("odt", Set.of("application/vnd.oasis.opendocument.text")),
                    Map.entry("ods", Set.of("application/vnd.oasis.opendocument.spreadsheet")),
                    Map.entry("odp", Set.of("application/vnd.oasis.opendocument.presentation")),
                    Map.entry("jpg", Set.of("image/")),
                    Map.entry("jpeg", Set.of("image/")),
                    Map.entry("png", Set.of("image/")),
                    Map.entry("gif", Set.of("image/")),
                    Map.entry("tif", Set.of("image/")),
                    Map.entry("tiff", Set.of("image/")),
                    Map.entry("bmp", Set.of("image/")),
                    Map.entry("webp", Set.of("image/")),
                    Map.entry("ofd", Set.of(ZipKind.OFD)),
                    Map.entry("zip", Set.of("application/zip")));

    private static final Set<String> SOURCES =
            Set.of(
                    ("java kt kts scala groovy gradle py js mjs cjs ts tsx jsx vue go rs rb php cs swift c"
                                    + " h cc cpp cxx hpp m mm lua pl r jl dart vb sql sh bash zsh ps1 bat cmd yaml"
                                    + " yml toml properties ini conf cfg env tf proto graphql css scss less")
                            .split(" ", -1));

    private Extensions() {}

    static boolean isJson(String extension) {
        return Set.of("json", "jsonl", "ndjson", "geojson").contains(extension);
    }

    static boolean isXml(String extension) {
        return Set.of(
                        "xml", "xsd", "xsl", "xslt", "wsdl", "plist", "config", "csproj", "resx",
                        "drawio")
                .contains(extension);
    }

    /// Code, and settings that are written like it.
    static boolean isSource(String extension) {
        return SOURCES.contains(extension);
    }

    static boolean isMarkdown(String extension) {
        return extension.equals("md") || extension.equals("markdown");
    }

    /// False for a name that promises nothing known.
    static boolean promisesOtherThan(String type, String extension) {
        Set<String> kept = KEPT_BY.get(extension);
        return kept != null && kept.stream().noneMatch(type::startsWith);
    }
}
