package io.zhiwen.ingest.parse.worker;

import io.zhiwen.ingest.parse.Block;
import io.zhiwen.ingest.parse.Finding;
import io.zhiwen.ingest.parse.OcrSettings;
import io.zhiwen.ingest.parse.OfficeSettings;
import io.zhiwen.ingest.parse.Part;
import io.zhiwen.ingest.parse.PictureSettings;
import io.zhiwen.ingest.parse.ScannedPage;
import io.zhiwen.ingest.parse.UnpackSettings;
import io.zhiwen.ingest.parse.UnreadableDocument.Reason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.util.FileSystemUtils;

/// What the worker makes of some bytes, without a process between.
record Reading(
        FileType type,
        String title,
        Integer pages,
        Reason refused,
        List<Block> blocks,
        List<Finding> findings,
        List<Part> parts,
        List<ScannedPage> scans,
        List<Integer> progress) {

    static Reading of(String name, String text) throws IOException {
        return of(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /// Pictures stay unread, as without Tesseract.
    static Reading of(String name, byte[] bytes) throws IOException {
        return of(name, bytes, new OcrSettings("none", Duration.ofSeconds(60), 10));
    }

    static Reading of(String name, byte[] bytes, OcrSettings ocr) throws IOException {
        return of(name, bytes, ocr, OfficeSettings.defaults());
    }

    static Reading of(String name, byte[] bytes, OfficeSettings office) throws IOException {
        return of(name, bytes, new OcrSettings("none", Duration.ofSeconds(60), 10), office);
    }

    private static Reading of(String name, byte[] bytes, OcrSettings ocr, OfficeSettings office)
            throws IOException {
        Path file = Files.write(Files.createTempFile("reading", ".bin"), bytes);
        var pipe = new ByteArrayOutputStream();
        Path folder = Files.createTempDirectory("parts");
        Blocks blocks =
                new Blocks(
                        new DataOutputStream(pipe),
                        5_000_000,
                        new Parts(folder, new UnpackSettings(20, 8 << 20, 2)),
                        new KeptPictures(PictureSettings.NONE),
                        new ShownFigures(folder.resolve(ParseWorker.FIGURES)));
        FileType type = new FileType("unknown", false, null);
        Reason refused = null;
        try {
            type = FileType.of(file, name);
            refused = type.unreadable();
            if (refused == null) {
                Formats.reader(type.mediaType(), request(file, name, ocr, office))
                        .read(file, blocks);
                refused = blocks.isEmpty() ? Reason.NO_TEXT : null;
            }
        } catch (Refused e) {
            refused = e.reason();
        } catch (IOException | RuntimeException e) {
            refused = Errors.reason(e);
        } finally {
            Files.delete(file);
            FileSystemUtils.deleteRecursively(folder);
        }
        blocks.end(
                new Frames.End(
                        "x", false, null, null, List.of(), List.of(), List.of(), List.of(), null,
                        null));
        return new Reading(
                type,
                blocks.title(),
                blocks.pages(),
                refused,
                replies(pipe).stream().flatMap(reply -> reply.blocks().stream()).toList(),
                blocks.findings(),
                blocks.parts().all(),
                blocks.scans(),
                replies(pipe).stream().map(Frames.Reply::pages).distinct().toList());
    }

    private static Frames.Request request(
            Path file, String name, OcrSettings ocr, OfficeSettings office) {
        return new Frames.Request(
                file.toString(),
                name,
                5_000_000,
                ocr,
                office,
                "",
                UnpackSettings.defaults(),
                PictureSettings.NONE,
                null);
    }

    private static List<Frames.Reply> replies(ByteArrayOutputStream pipe) throws IOException {
        List<Frames.Reply> all = new ArrayList<>();
        var in = new DataInputStream(new ByteArrayInputStream(pipe.toByteArray()));
        while (in.available() > 0) {
            all.add(Frames.read(in, Frames.Reply.class));
        }
        return all;
    }

    /// One line a block: `H1 text`, `P text`, `L2 item`, `T1 cells` (one header row), `C code`,
    /// `N footnote`.
    List<String> lines() {
        return blocks.stream()
                .map(
                        b ->
                                switch (b.kind()) {
                                    case HEADING -> "H" + b.level() + " " + b.text();
                                    case PARAGRAPH -> "P " + b.text();
                                    case LIST_ITEM -> "L" + b.level() + " " + b.text();
                                    case TABLE -> "T" + b.headerRows() + " " + b.text();
                                    case CODE -> "C " + b.text();
                                    case FOOTNOTE -> "N " + b.text();
                                })
                .toList();
    }
}
