package io.zhiwen.ingest.parse.worker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/// What a file that looks like an archive is, where its parts say that it is a document.
final class ZipKind {

    static final String ZIP = "application/zip";
    static final String OFD = "application/ofd";
    static final String XMIND = "application/vnd.xmind.workbook";
    static final String SKETCH = "application/x-sketch";
    static final String DRAWIO = "application/vnd.jgraph.mxfile";
    static final String IWORK = "application/vnd.apple.unknown.13";
    static final String VISIO = "application/vnd.ms-visio.drawing";
    static final String PROGRAM = "application/java-archive";

    private ZipKind() {}

    static String of(Path file) throws IOException {
        try (ZipFile zip = ZipFile.builder().setPath(file).setIgnoreLocalFileHeader(true).get()) {
            List<String> names =
                    Collections.list(zip.getEntries()).stream()
                            .map(ZipArchiveEntry::getName)
                            .map(name -> name.toLowerCase(Locale.ROOT))
                            .toList();
            return of(names);
        }
    }

    private static String of(List<String> names) {
        if (names.contains("ofd.xml")) {
            return OFD;
        }
        boolean outline = names.contains("content.json") || names.contains("content.xml");
        boolean inventory =
                names.contains("manifest.json") || names.contains("meta-inf/manifest.xml");
        if (outline && inventory) {
            return XMIND;
        }
        if (names.contains("document.json") && names.contains("meta.json")) {
            return SKETCH;
        }
        if (names.contains("index.zip")
                || names.stream().anyMatch(n -> n.startsWith("index/") && n.endsWith(".iwa"))) {
            return IWORK;
        }
        if (names.contains("visio/document.xml")) {
            return VISIO;
        }
        if (names.contains("meta-inf/manifest.mf") || names.contains("androidmanifest.xml")) {
            return PROGRAM;
        }
        return ZIP;
    }
}
