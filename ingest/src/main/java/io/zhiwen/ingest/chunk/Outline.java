package io.zhiwen.ingest.chunk;

import io.zhiwen.ingest.clean.CleanDocument;
import io.zhiwen.ingest.parse.Block;
import io.zhiwen.ingest.parse.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Follows a document's headings and cuts it into sections.
final class Outline {

    /// A longer heading is a paragraph in large letters.
    private static final int LONGEST_HEADING = 120;

    private static final int LONGEST_PATH = 240;

    private static final int MOST_KEPT = 2;

    private static final Pattern NUMBERED =
            Pattern.compile(
                    "(?i)(第[〇零一二三四五六七八九十百\\d]+[编篇部章节条]|[（(]?[一二三四五六七八九十]{1,3}[、.．)）]|[（(]?\\d{1,2}([.．]\\d{1,2})*[、.．)）\\s]|(chapter|part|section|appendix)\\s).*");

    private record Open(int level, String text) {}

    private final List<Section> sections = new ArrayList<>();
    private final List<Open> open = new ArrayList<>();
    private List<Atom> heading = new ArrayList<>();
    private List<Atom> body = new ArrayList<>();
    private @Nullable String sheet;
    private boolean hasText;

    /// Lines of the title that are kept.
    private int kept;

    private final int deepest;

    private Outline(int deepest) {
        this.deepest = deepest;
    }

    /// @param deepest level of a heading that begins a section; deeper ones are text
    static List<Section> of(CleanDocument document, Atoms atoms, int deepest) {
        Outline outline = new Outline(deepest);
        List<Span> spans = document.spans();
        for (int i = 0; i < spans.size(); i++) {
            Block block = document.blocks().get(i);
            outline.add(block, atoms.of(block, spans.get(i).start()));
        }
        outline.close();
        return outline.sections;
    }

    private void add(Block block, List<Atom> atoms) {
        if (!Objects.equals(sheet, block.sheet())) {
            close();
            sheet = block.sheet();
        }
        if (block.kind() == Block.Kind.HEADING
                && block.level() <= deepest
                && block.text().length() <= LONGEST_HEADING) {
            close();
            if (!hasText) {
                keepOpening(block);
            }
            while (!open.isEmpty() && open.getLast().level() >= block.level()) {
                open.removeLast();
            }
            open.add(new Open(block.level(), block.text()));
            heading.addAll(atoms);
        } else {
            body.addAll(atoms);
            hasText = true;
        }
    }

    /// A title line or two above the first text, with nothing below but a heading of the same
    /// level, name the whole document.
    private void keepOpening(Block next) {
        Open last = open.isEmpty() ? null : open.getLast();
        if (last != null
                && last.level() == next.level()
                && kept < MOST_KEPT
                && !NUMBERED.matcher(last.text()).matches()) {
            open.set(open.size() - 1, new Open(last.level() - 1, last.text()));
            kept++;
        }
    }

    private void close() {
        if (!heading.isEmpty() || !body.isEmpty()) {
            sections.add(new Section(path(), heading, body));
            heading = new ArrayList<>();
            body = new ArrayList<>();
        }
    }

    /// The innermost headings, and the outermost, as far as there is room.
    private List<String> path() {
        List<String> path = new ArrayList<>(open.stream().map(Open::text).toList());
        while (path.size() > 1 && path.stream().mapToInt(String::length).sum() > LONGEST_PATH) {
            path.remove(path.size() > 2 ? 1 : 0);
        }
        return path;
    }
}
