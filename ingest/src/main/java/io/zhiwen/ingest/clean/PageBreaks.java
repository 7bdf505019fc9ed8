package io.zhiwen.ingest.clean;

import io.zhiwen.ingest.parse.Block;
import io.zhiwen.ingest.parse.Block.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/// Mends what the end of a page or a column cuts in two: a paragraph or a row of a table
/// becomes one again, on the page where it begins, and the footnotes that stood between the halves
/// follow it.
final class PageBreaks {

    private static final Pattern OPENS = Pattern.compile("(?s)[第（(]?[一二三四五六七八九十百\\d]+[条章节、）)].*");

    private PageBreaks() {}

    static List<Block> mended(List<Block> blocks) {
        List<Block> text = new ArrayList<>(blocks.size());
        Footnotes footnotes = new Footnotes();
        int lastPage = 0;
        boolean parted = false;
        for (Block block : blocks) {
            int page = Objects.requireNonNullElse(block.page(), 0);
            Block before = text.isEmpty() ? null : text.getLast();
            if (block.kind() == Kind.FOOTNOTE) {
                footnotes.add(block, text.size());
                parted = true;
                continue;
            }
            boolean behindBreak = parted || page == lastPage + 1;
            if (before != null && behindBreak && goesOn(before, block)) {
                StringBuilder whole = new StringBuilder(before.text());
                Lines.append(whole, block.text());
                text.set(text.size() - 1, Cleaner.withText(before, whole.toString()));
            } else if (before != null && CutRow.isBetween(before, block)) {
                text.set(text.size() - 1, CutRow.whole(before, block));
                Block rest = CutRow.rest(block);
                if (rest.rows().size() > rest.headerRows()) {
                    text.add(rest);
                }
            } else {
                text.add(block);
            }
            lastPage = page;
            parted = false;
        }
        return footnotes.among(text);
    }

    private static boolean goesOn(Block before, Block block) {
        if (before.kind() != Kind.PARAGRAPH || block.kind() != Kind.PARAGRAPH) {
            return false;
        }
        char last = before.text().charAt(before.text().length() - 1);
        char first = block.text().charAt(0);
        boolean word = Character.isLetter(first) && !Lines.isWide(first);
        boolean latin =
                Character.isLowerCase(first)
                        && (Character.isLetter(last) || "-,;".indexOf(last) >= 0);
        boolean chinese =
                Lines.isWide(first)
                        && Character.isLetter(first)
                        && before.text().length() > 30
                        && (Character.isIdeographic(last) || "，、；".indexOf(last) >= 0);
        return latin
                || (word && last == '-')
                || (chinese && !OPENS.matcher(block.text()).matches());
    }
}
