package io.zhiwen.ingest.parse.worker;

import io.zhiwen.ingest.parse.UnreadableDocument.Reason;
import java.util.Map;
import java.util.Set;

/// Why a kind of file is not read, so that its uploader is told what to do with such a one.
final class Unsupported {

    private static final Map<String, Reason> BY_TYPE =
            Map.ofEntries(
                    Map.entry("application/x-tika-ooxml-protected", Reason.ENCRYPTED),
                    Map.entry("application/x-rar-compressed", Reason.ARCHIVE_FORMAT),
                    Map.entry("application/x-arj", Reason.ARCHIVE_FORMAT),
                    Map.entry("application/x-iso9660-image", Reason.ARCHIVE_FORMAT),
                    Map.entry("application/vnd.ms-cab-compressed", Reason.ARCHIVE_FORMAT),
                    Map.entry("application/x-cpio", Reason.ARCHIVE_FORMAT),
                    Map.entry("application/zstd", Reason.ARCHIVE_FORMAT),
                    Map.entry("application/java-archive", Reason.PROGRAM),
                    Map.entry("application/vnd.android.package-archive", Reason.PROGRAM),
                    Map.entry("application/x-itunes-ipa", Reason.PROGRAM),
                    Map.entry("application/java-vm", Reason.PROGRAM),
                    Map.entry("application/x-msdownload", Reason.PROGRAM),
                    Map.entry("application/x-dosexec", Reason.PROGRAM),
                    Map.entry("application/x-elf", Reason.PROGRAM),
                    Map.entry("application/x-executable", Reason.PROGRAM),
                    Map.entry("application/x-sharedlib", Reason.PROGRAM),
                    Map.entry("application/x-mach-o", Reason.PROGRAM),
                    Map.entry("application/vnd.ms-htmlhelp", Reason.HELP_FILE),
                    Map.entry("application/acad", Reason.DRAWING),
                    Map.entry("application/dxf", Reason.DRAWING),
                    Map.entry("application/vnd.visio", Reason.DRAWING),
                    Map.entry(ZipKind.DRAWIO, Reason.DRAWING),
                    Map.entry(ZipKind.SKETCH, Reason.DRAWING),
                    Map.entry("application/illustrator", Reason.DRAWING),
                    Map.entry("application/postscript", Reason.DRAWING),
                    Map.entry("application/x-sqlite3", Reason.DATA_FILE),
                    Map.entry("application/x-msaccess", Reason.DATA_FILE),
                    Map.entry("application/x-parquet", Reason.DATA_FILE),
                    Map.entry("application/x-dbf", Reason.DATA_FILE));

    private static final Map<String, Reason> BY_BEGINNING =
            Map.ofEntries(
                    Map.entry("image/vnd.dwg", Reason.DRAWING),
                    Map.entry("image/vnd.dxf", Reason.DRAWING),
                    Map.entry("application/vnd.ms-visio", Reason.DRAWING),
                    Map.entry("application/vnd.apple.", Reason.IWORK),
                    Map.entry("application/vnd.ms-excel.sheet.binary", Reason.BINARY_SHEET),
                    Map.entry("application/x-sqlite", Reason.DATA_FILE),
                    Map.entry("application/x-msdownload", Reason.PROGRAM),
                    Map.entry("audio/", Reason.MEDIA),
                    Map.entry("video/", Reason.MEDIA),
                    Map.entry("application/mp4", Reason.MEDIA),
                    Map.entry("application/ogg", Reason.MEDIA),
                    Map.entry("application/x-matroska", Reason.MEDIA));

    /// What only its name tells.
    private static final Map<Set<String>, Reason> BY_EXTENSION =
            Map.of(
                    Set.of("caj", "nh", "kdh", "teb", "caa"), Reason.CAJ,
                    Set.of("chm", "hlp"), Reason.HELP_FILE,
                    Set.of("pages", "numbers", "key"), Reason.IWORK,
                    Set.of("dwg", "dxf", "dgn", "step", "stp", "vsd", "vsdx", "drawio"),
                            Reason.DRAWING,
                    Set.of("mp3", "m4a", "wav", "amr", "mp4", "mov", "avi", "mkv", "wmv", "flv"),
                            Reason.MEDIA,
                    Set.of("heic", "heif", "avif", "psd", "webp"), Reason.PICTURE_FORMAT,
                    Set.of("exe", "dll", "so", "class", "bin", "dmg", "msi"), Reason.PROGRAM,
                    Set.of("rar", "iso", "zst", "cab"), Reason.ARCHIVE_FORMAT,
                    Set.of("mdb", "accdb", "sqlite", "db", "parquet", "dbf"), Reason.DATA_FILE);

    private Unsupported() {}

    static Reason reason(String type, String extension) {
        Reason known = BY_TYPE.get(type);
        if (known != null) {
            return known;
        }
        for (Map.Entry<String, Reason> beginning : BY_BEGINNING.entrySet()) {
            if (type.startsWith(beginning.getKey())) {
                return beginning.getValue();
            }
        }
        for (Map.Entry<Set<String>, Reason> named : BY_EXTENSION.entrySet()) {
            if (named.getKey().contains(extension)) {
                return named.getValue();
            }
        }
        return type.startsWith("image/") ? Reason.PICTURE_FORMAT : Reason.UNSUPPORTED;
    }
}
