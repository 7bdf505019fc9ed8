package io.zhiwen.ingest.parse.worker;

/// Which reader knows a media type. A reader's library is loaded when first needed.
final class Formats {

    private static final String OOXML = "application/vnd.openxmlformats-officedocument.";
    private static final String ODF = "application/vnd.oasis.opendocument.";

    private enum Format {
        PDF,
        DOC,
        DOCX,
        SLIDES,
        XLS,
        XLSX,
        ODF,
        RTF,
        HTML,
        MARKDOWN,
        CSV,
        TEXT,
        JSON,
        SOURCE,
        XML,
        MAIL,
        OUTLOOK,
        EPUB,
        ZIP,
        TAR,
        SEVEN_ZIP,
        PICTURE,
        OFD,
        XMIND,
        NONE
    }

    private Formats() {}

    static boolean isKnown(String type) {
        return format(type) != Format.NONE;
    }

    static DocumentReader reader(String type, Frames.Request request) {
        return switch (format(type)) {
            case PDF -> new PdfReader(request.ocr(), request.state());
            case DOC -> new DocReader();
            case DOCX -> new DocxReader(request.office(), request.ocr());
            case SLIDES -> new SlidesReader(request.ocr());
            case XLS -> new XlsReader(request.office().hiddenSheets());
            case XLSX -> new XlsxReader(request.office().hiddenSheets());
            case ODF -> new OdfReader();
            case RTF -> new RtfReader();
            case HTML -> new HtmlReader(request.ocr());
            case MARKDOWN -> new MarkdownReader();
            case CSV -> new CsvReader();
            case TEXT -> new TextReader();
            case JSON -> new JsonReader();
            case SOURCE -> new SourceReader();
            case XML -> new XmlReader();
            case MAIL -> new MailReader(request.ocr());
            case OUTLOOK -> new OutlookReader();
            case EPUB -> new EpubReader(request.ocr());
            case ZIP -> new ZipReader();
            case TAR -> new TarReader(type, request.name());
            case SEVEN_ZIP -> new SevenZipReader();
            case PICTURE -> new PictureReader(request.ocr());
            case OFD -> new OfdReader(request.ocr());
            case XMIND -> new XmindReader();
            case NONE -> throw new IllegalArgumentException("no reader knows " + type);
        };
    }

    private static Format format(String type) {
        if (type.startsWith(OOXML + "wordprocessingml")
                || type.startsWith("application/vnd.ms-word.")) {
            return Format.DOCX;
        }
        if (type.startsWith(OOXML + "presentationml")
                || type.startsWith("application/vnd.ms-powerpoint")) {
            return Format.SLIDES;
        }
        if (type.startsWith(OOXML + "spreadsheetml")
                || type.startsWith("application/vnd.ms-excel.sheet.macro")) {
            return Format.XLSX;
        }
        if (type.startsWith(ODF + "text")
                || type.startsWith(ODF + "spreadsheet")
                || type.startsWith(ODF + "presentation")) {
            return Format.ODF;
        }
        if (ArchiveTypes.isTar(type)) {
            return Format.TAR;
        }
        return switch (type) {
            case "application/pdf" -> Format.PDF;
            case "application/msword" -> Format.DOC;
            case "application/vnd.ms-excel" -> Format.XLS;
            case "application/rtf", "text/rtf" -> Format.RTF;
            case "application/vnd.ms-outlook" -> Format.OUTLOOK;
            case "application/epub+zip" -> Format.EPUB;
            case ZipKind.ZIP -> Format.ZIP;
            case ArchiveTypes.SEVEN_ZIP -> Format.SEVEN_ZIP;
            case "image/jpeg",
                    "image/png",
                    "image/gif",
                    "image/bmp",
                    "image/x-ms-bmp",
                    "image/tiff",
                    "image/webp" ->
                    Format.PICTURE;
            case ZipKind.OFD -> Format.OFD;
            case ZipKind.XMIND -> Format.XMIND;
            case FileType.HTML -> Format.HTML;
            case FileType.MARKDOWN -> Format.MARKDOWN;
            case FileType.CSV -> Format.CSV;
            case FileType.TEXT -> Format.TEXT;
            case FileType.JSON -> Format.JSON;
            case FileType.SOURCE -> Format.SOURCE;
            case FileType.XML -> Format.XML;
            case FileType.MAIL -> Format.MAIL;
            default -> Format.NONE;
        };
    }
}
