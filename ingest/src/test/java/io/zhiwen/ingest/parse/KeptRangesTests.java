package io.zhiwen.ingest.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.ingest.upload.Sha256;
import io.zhiwen.ingest.upload.SourceFile;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a crash in the middle of a long file costs.
@Timeout(120)
class KeptRangesTests {

    private static final int PAGES = 430;

    @TempDir Path folder;
    private Path pdf;

    /// Reads a file and ends like a killed process once so many pages are read.
    static final class Dying {

        private Dying() {}

        public static void main(String[] arguments) throws Exception {
            Path folder = Path.of(arguments[0]);
            try (WorkerPool pool = pool(folder, folder.resolve("dead"))) {
                pool.parse(file(Path.of(arguments[1])), dyingAt(200));
            }
        }

        private static PartSink dyingAt(int last) {
            return new PartSink() {
                @Override
                public void take(Part part, @Nullable Path content) {}

                @Override
                public void read(int pages, int of) {
                    if (pages > last) {
                        Runtime.getRuntime().halt(9);
                    }
                }
            };
        }
    }

    /// Notes how many pages are said to be read.
    private static final class Told implements PartSink {

        private final List<Integer> pages = new ArrayList<>();

        @Override
        public void take(Part part, @Nullable Path content) {}

        @Override
        public void read(int read, int of) {
            pages.add(read);
        }
    }

    private static WorkerPool pool(Path folder, Path temp) throws IOException {
        return new WorkerPool(ParseSettings.defaults(), temp, folder.resolve("ranges"));
    }

    private static SourceFile file(Path path) throws IOException {
        return new SourceFile("long.pdf", new Sha256("a".repeat(64)), Files.size(path), path);
    }

    /// A table without rules on the pages 299 to 302, over the end of a range; headings elsewhere.
    @BeforeEach
    void write() throws IOException {
        pdf = folder.resolve("long.pdf");
        var font = new PDType1Font(FontName.HELVETICA);
        try (PDDocument document = new PDDocument()) {
            for (int number = 1; number <= PAGES; number++) {
                PDPage page = new PDPage();
                document.addPage(page);
                boolean table = number >= 299 && number <= 302;
                try (var content = new PDPageContentStream(document, page)) {
                    for (int row = 0; row < 4; row++) {
                        String[] cells =
                                table
                                        ? new String[] {"Item " + (char) ('a' + row), "1", "22"}
                                        : new String[] {"What page " + number + " says in " + row};
                        for (int cell = 0; cell < cells.length; cell++) {
                            content.beginText();
                            content.setFont(font, row == 0 && !table ? 16 : 10);
                            content.newLineAtOffset(72 + 150 * cell, 680 - 14 * row);
                            content.showText(
                                    number == 299 && row == 0
                                            ? List.of("Name", "Less", "More").get(cell)
                                            : cells[cell]);
                            content.endText();
                        }
                    }
                }
            }
            document.save(pdf.toFile());
        }
    }

    private List<Path> kept() throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve("ranges"))) {
            return all.toList();
        }
    }

    private void die() throws Exception {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Dying.class.getName(),
                                folder.toString(),
                                pdf.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(new File(folder.toFile(), "dying.log"))
                        .start();
        assertThat(process.waitFor()).isEqualTo(9);
    }

    @Test
    void afterACrashNoRangeIsReadTwiceAndTheDocumentIsTheSame() throws Exception {
        Told whole = new Told();
        ParsedDocument expected;
        try (WorkerPool pool = pool(folder, folder.resolve("tmp"))) {
            expected = pool.parse(file(pdf), whole);
        }
        assertThat(whole.pages).containsExactly(100, 200, 300, 400);
        assertThat(kept()).isEmpty();

        die();
        assertThat(kept()).hasSize(1);

        Told rest = new Told();
        try (WorkerPool pool = pool(folder, folder.resolve("tmp"))) {
            assertThat(pool.parse(file(pdf), rest)).isEqualTo(expected);
        }
        assertThat(rest.pages).containsExactly(400);
        assertThat(expected.blocks())
                .filteredOn(block -> block.kind() == Block.Kind.TABLE && block.page() == 301)
                .singleElement()
                .satisfies(table -> assertThat(table.text()).startsWith("Name | Less | More"));
        assertThat(kept()).isEmpty();
    }

    @Test
    void halfARangeIsReadAgain() throws Exception {
        die();
        Path ranges = kept().getFirst();
        byte[] bytes = Files.readAllBytes(ranges);
        Files.write(
                ranges,
                java.util.Arrays.copyOf(bytes, bytes.length - 7),
                StandardOpenOption.TRUNCATE_EXISTING);
        Told rest = new Told();
        try (WorkerPool pool = pool(folder, folder.resolve("tmp"))) {
            assertThat(pool.parse(file(pdf), rest).blocks()).last().matches(b -> b.page() == PAGES);
        }
        assertThat(rest.pages).containsExactly(300, 400);
    }

    @Test
    void whatNobodyCameForIsRemoved() throws Exception {
        Path ranges = Files.createDirectories(folder.resolve("ranges"));
        for (int i = 0; i < 20; i++) {
            Path file = Files.writeString(ranges.resolve(i + ".ranges"), "x");
            Files.setLastModifiedTime(file, FileTime.fromMillis(1000L * i));
        }
        pool(folder, folder.resolve("tmp")).close();
        assertThat(kept()).hasSize(16).doesNotContain(ranges.resolve("3.ranges"));
    }
}
