package io.zhiwen.ingest.clean;

import io.zhiwen.ingest.parse.Block;
import io.zhiwen.ingest.parse.Block.Kind;
import io.zhiwen.ingest.parse.Finding;
import io.zhiwen.ingest.parse.ParsedDocument;
import io.zhiwen.ingest.parse.UnreadableDocument;
import io.zhiwen.ingest.parse.UnreadableDocument.Reason;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Leaves what a reader of the document would read: no hidden characters, running heads, page
/// numbers, broken lines, nothing twice in a row. The words and their order stay.
public final class Cleaner {

    private static final String PDF = "application/pdf";

    /// A shorter text may well stand twice in a row and mean it.
    private static final int LONG_ENOUGH_TO_REPEAT = 12;

    /// A longer table goes on with rows like those before.
    private static final int MOST_ROWS_TO_REPEAT = 100;

    /// Whose loss harms at once.
    private static final Set<Finding.Kind> HARMFUL =
            EnumSet.of(Finding.Kind.ID_CARDS, Finding.Kind.BANK_CARDS, Finding.Kind.SECRETS);

    private static final Set<Finding.Kind> PERSONAL =
            EnumSet.range(Finding.Kind.ID_CARDS, Finding.Kind.SECRETS);

    private Cleaner() {}

    /// The result may have no blocks, when all there was is noise.
    public static CleanDocument clean(ParsedDocument document) {
        List<Block> blocks = new ArrayList<>(document.blocks().size());
        for (Block block : document.blocks()) {
            Block cleaned = clean(block);
            if (!cleaned.text().isBlank()) {
                blocks.add(cleaned);
            }
        }
        if (document.mediaType().equals(PDF)) {
            blocks = PageBreaks.mended(RunningHeads.removedFrom(blocks));
        }
        String title = document.title();
        String shown = title == null ? "" : oneLine(title);
        List<Block> once = withoutDoubles(blocks);
        return new CleanDocument(shown.isEmpty() ? null : shown, once, Quality.of(document, once));
    }

    /// The same with what the policy asks for.
    ///
    /// @throws UnreadableDocument when the policy refuses it
    public static CleanDocument clean(ParsedDocument document, SensitiveData policy)
            throws UnreadableDocument {
        return under(policy, clean(document));
    }

    /// What the policy leaves of a clean document, be it one that was under another policy.
    ///
    /// @throws UnreadableDocument when the policy refuses it
    public static CleanDocument under(SensitiveData policy, CleanDocument clean)
            throws UnreadableDocument {
        List<Finding> harmful =
                clean.findings().stream().filter(found -> HARMFUL.contains(found.kind())).toList();
        if (policy == SensitiveData.REFUSE && !harmful.isEmpty()) {
            throw UnreadableDocument.because(Reason.SENSITIVE_DATA, harmful.toString());
        }
        int numbers =
                clean.findings().stream()
                        .filter(found -> PERSONAL.contains(found.kind()))
                        .mapToInt(Finding::amount)
                        .sum();
        boolean masked = clean.findings().stream().anyMatch(f -> f.kind() == Finding.Kind.MASKED);
        if (policy != SensitiveData.MASK || numbers == 0 || masked) {
            return clean;
        }
        List<Finding> findings = new ArrayList<>(clean.findings());
        findings.add(Finding.ofDocument(Finding.Kind.MASKED, numbers));
        String title = clean.title();
        return new CleanDocument(
                title == null ? null : Sensitive.masked(Block.paragraph(title, null)).text(),
                clean.blocks().stream().map(Sensitive::masked).toList(),
                findings);
    }

    /// Words beside the document's text under the policy.
    public static String under(SensitiveData policy, String words) {
        return policy == SensitiveData.MASK
                ? Sensitive.masked(Block.paragraph(words, null)).text()
                : words;
    }

    static Block clean(Block block) {
        return switch (block.kind()) {
            case TABLE -> table(block);
            case CODE -> withText(block, Lines.tidyCode(Characters.visible(block.text())));
            case HEADING -> withText(block, oneLine(block.text()));
            case PARAGRAPH, LIST_ITEM, FOOTNOTE ->
                    withText(block, Lines.unwrap(Lines.tidy(Characters.visible(block.text()))));
        };
    }

    private static Block table(Block block) {
        List<List<String>> rows =
                block.rows().stream()
                        .map(row -> row.stream().map(Cleaner::oneLine).toList())
                        .toList();
        boolean hasText = rows.stream().flatMap(List::stream).anyMatch(cell -> !cell.isEmpty());
        return Block.table(
                hasText ? rows : List.of(),
                hasText ? block.headerRows() : 0,
                block.page(),
                block.sheet());
    }

    static String oneLine(String text) {
        return Lines.tidy(Characters.visible(text)).replaceAll("\\n+", " ");
    }

    static Block withText(Block block, String text) {
        return text.equals(block.text())
                ? block
                : new Block(
                        block.kind(),
                        block.level(),
                        text,
                        block.page(),
                        block.sheet(),
                        block.rows(),
                        block.headerRows());
    }

    private static List<Block> withoutDoubles(List<Block> blocks) {
        List<Block> once = new ArrayList<>(blocks.size());
        for (Block block : blocks) {
            Block before = once.isEmpty() ? null : once.getLast();
            if (!isDouble(before, block)) {
                once.add(block);
            }
        }
        return once;
    }

    private static boolean isDouble(@Nullable Block before, Block block) {
        return before != null
                && before.kind() == block.kind()
                && block.kind() != Kind.CODE
                && block.rows().size() <= MOST_ROWS_TO_REPEAT
                && block.text().length() >= LONG_ENOUGH_TO_REPEAT
                && Objects.equals(before.sheet(), block.sheet())
                && before.text().equals(block.text());
    }
}
