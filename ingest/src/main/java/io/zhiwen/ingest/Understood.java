package io.zhiwen.ingest;

import io.zhiwen.ingest.chunk.Chunk;
import io.zhiwen.ingest.clean.CleanDocument;
import io.zhiwen.ingest.parse.Block;
import io.zhiwen.ingest.parse.Block.Kind;
import io.zhiwen.ingest.parse.Finding;
import io.zhiwen.ingest.parse.ParsedDocument;
import io.zhiwen.ingest.parse.Part;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/// Writes what was understood of a file as Markdown that a person can lay beside the original.
public final class Understood {

    private Understood() {}

    public static String markdown(String name, ParsedDocument parsed, CleanDocument clean) {
        StringBuilder text = new StringBuilder();
        long tables = clean.blocks().stream().filter(b -> b.kind() == Kind.TABLE).count();
        text.append(
                "<!-- %s: %s%s, %d blocks, %d tables -->%n"
                        .formatted(
                                name,
                                parsed.mediaType(),
                                parsed.pages() == null ? "" : ", " + parsed.pages() + " pages",
                                clean.blocks().size(),
                                tables));
        if (parsed.typeMismatch()) {
            text.append("<!-- the name promises another type -->\n");
        }
        for (Finding finding : clean.findings()) {
            text.append("<!-- finding: ").append(sentence(finding)).append(" -->\n");
        }
        for (Part part : parsed.parts()) {
            text.append(
                    "<!-- inside: %s%s -->%n"
                            .formatted(
                                    part.name(),
                                    part.reason() == null
                                            ? ", " + part.bytes() + " bytes"
                                            : ", unread: " + part.reason()));
        }
        if (clean.title() != null) {
            text.append("<!-- title: ").append(clean.title()).append(" -->\n");
        }
        Integer page = null;
        String sheet = null;
        for (Block block : clean.blocks()) {
            if (!Objects.equals(page, block.page()) && block.page() != null) {
                text.append("\n<!-- page ").append(block.page()).append(" -->\n");
            }
            if (!Objects.equals(sheet, block.sheet()) && block.sheet() != null) {
                text.append("\n<!-- sheet ").append(block.sheet()).append(" -->\n");
            }
            page = block.page();
            sheet = block.sheet();
            text.append('\n').append(markdown(block)).append('\n');
        }
        return text.toString();
    }

    /// The passages that search finds, each with where it stands.
    public static String markdown(List<Chunk> chunks) {
        StringBuilder text = new StringBuilder();
        for (Chunk chunk : chunks) {
            text.append(
                    "\n<!-- passage %d%s, %d tokens%s -->%n%s%n"
                            .formatted(
                                    chunk.ordinal() + 1,
                                    chunk.page() == null ? "" : ", page " + chunk.page(),
                                    chunk.tokens(),
                                    chunk.headingPath().isEmpty()
                                            ? ""
                                            : ", below " + String.join(" > ", chunk.headingPath()),
                                    chunk.text()));
        }
        return text.toString();
    }

    private static String markdown(Block block) {
        return switch (block.kind()) {
            case HEADING -> "#".repeat(block.level()) + " " + block.text();
            case PARAGRAPH -> block.text();
            case FOOTNOTE -> "> " + block.text();
            case LIST_ITEM -> "  ".repeat(block.level() - 1) + "- " + block.text();
            case CODE -> "```\n" + block.text() + "\n```";
            case TABLE -> table(block);
        };
    }

    private static String table(Block block) {
        int width = block.rows().stream().mapToInt(List::size).max().orElse(0);
        List<String> lines = new ArrayList<>();
        for (List<String> row : block.rows()) {
            List<String> cells = new ArrayList<>(row);
            cells.addAll(Collections.nCopies(width - row.size(), ""));
            lines.add(
                    cells.stream()
                            .map(cell -> cell.replace("|", "\\|").replace("\n", "<br>"))
                            .collect(Collectors.joining(" | ", "| ", " |")));
        }
        if (block.headerRows() == 0) {
            lines.addFirst("|" + "  |".repeat(width)); // Markdown knows no table without a head
        }
        lines.add(Math.max(1, block.headerRows()), "|" + " --- |".repeat(width));
        return String.join("\n", lines);
    }

    /// E.g. `read by ocr, 87, pages 1-3, 7`.
    static String sentence(Finding finding) {
        String kind = finding.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        String pages =
                finding.pages().isEmpty() ? "" : ", pages " + Finding.ranges(finding.pages());
        return kind + ", " + finding.amount() + pages;
    }
}
