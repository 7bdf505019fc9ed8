package io.zhiwen.ingest.parse.worker;

import io.zhiwen.ingest.parse.Block;
import io.zhiwen.ingest.parse.Finding;
import io.zhiwen.ingest.parse.Picture;
import io.zhiwen.ingest.parse.Picture.Use;
import io.zhiwen.ingest.parse.ScannedPage;
import io.zhiwen.ingest.parse.UnreadableDocument.Reason;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes what a reader finds, counts it, and sends it on in batches.
final class Blocks {

    /// The other side of the pipe is gone.
    static final class PipeBroken extends RuntimeException {

        private static final long serialVersionUID = 1L;
        private final IOException cause;

        PipeBroken(IOException cause) {
            super(cause);
            this.cause = cause;
        }

        IOException cause() {
            return cause;
        }
    }

    private static final int BATCH_CHARS = 256 * 1024;
    private static final int BATCH_BLOCKS = 2000;
    private static final int MOST_BLOCKS = 1_000_000;

    private final DataOutputStream out;
    private final int maxChars;
    private final Parts parts;
    private final KeptPictures pictures;
    private final ShownFigures figures;
    private List<Block> batch = new ArrayList<>();
    private int batchChars;
    private long chars;
    private int blocks;
    private boolean hasText;
    private boolean hasPictures;
    private @Nullable Integer page;
    private @Nullable Integer pages;
    private int pagesRead;
    private @Nullable String sheet;
    private @Nullable String title;
    private final List<Finding> findings = new ArrayList<>();
    private final List<ScannedPage> scans = new ArrayList<>();

    Blocks(
            DataOutputStream out,
            int maxChars,
            Parts parts,
            KeptPictures pictures,
            ShownFigures figures) {
        this.pictures = pictures;
        this.figures = figures;
        this.parts = parts;
        this.out = out;
        this.maxChars = maxChars;
    }

    /// What follows is on this page.
    void page(@Nullable Integer number) {
        page = number;
    }

    /// What follows is on this sheet.
    void sheet(@Nullable String name) {
        sheet = name == null ? null : wellFormed(name);
    }

    /// A sheet begins; a name that someone gave it heads it.
    void namedSheet(String name) {
        sheet(name);
        if (!name.matches("(?i)(sheet|工作表|table|表)\\s*\\d*")) {
            heading(1, name);
        }
    }

    void pages(int count) {
        pages = count;
    }

    void finding(Finding finding) {
        findings.add(finding);
    }

    List<Finding> findings() {
        return List.copyOf(findings);
    }

    void scan(ScannedPage scan) {
        scans.add(scan);
    }

    List<ScannedPage> scans() {
        return List.copyOf(scans);
    }

    /// Keeps a page or a figure for a vision model where one is wanted.
    ///
    /// @return what stands for it, or null when it is not kept
    @Nullable String keep(Use use, @Nullable Integer on, KeptPictures.Source source)
            throws IOException {
        Picture picture = pictures.keep(use, on, source);
        if (picture == null) {
            return null;
        }
        hasPictures = true;
        send(List.of(picture), false, null);
        return picture.mark();
    }

    /// Whether a vision model will look at something of it.
    boolean hasPictures() {
        return hasPictures;
    }

    /// For the figures that readers are shown.
    ShownFigures figures() {
        return figures;
    }

    /// For the files inside of the one that is read.
    Parts parts() {
        return parts;
    }

    /// A page is going to be read by OCR; whoever waits grants it time.
    ///
    /// @param before how many pages are read by now
    void reading(int before) {
        pagesRead = before;
        send(true, null);
    }

    /// So many pages are read and sent; whoever waits grants time for as many again.
    ///
    /// @param state from which another worker could go on; null when none could
    void read(int all, @Nullable String state) {
        pagesRead = all;
        send(List.of(), false, state, null);
    }

    /// So much was sent by another worker; this one goes on.
    void goOn(PageProgress from) {
        chars = from.characters();
        blocks = from.blocks();
        hasText = blocks > 0;
        pagesRead = from.pages().read();
    }

    /// Blocks so far.
    int count() {
        return blocks;
    }

    /// A blank title is none.
    void title(@Nullable String text) {
        if (text != null && !text.isBlank()) {
            String line = wellFormed(text).strip();
            title = line.substring(0, Math.min(300, line.length()));
        }
    }

    void heading(int level, String text) {
        add(Block.Kind.HEADING, Math.clamp(level, 1, 6), text);
    }

    void paragraph(String text) {
        add(Block.Kind.PARAGRAPH, 0, text);
    }

    void listItem(int depth, String text) {
        add(Block.Kind.LIST_ITEM, Math.clamp(depth, 1, 9), text);
    }

    void footnote(String text) {
        add(Block.Kind.FOOTNOTE, 0, text);
    }

    void code(String text) {
        add(Block.Kind.CODE, 0, text);
    }

    /// Empty rows and columns are left out; one column is no table.
    void table(List<List<String>> rows, int headerRows) {
        Table table = Table.of(rows, headerRows);
        if (table.columns() == 1) {
            table.rows().forEach(row -> paragraph(row.getFirst()));
        } else if (table.columns() > 1) {
            List<List<String>> sound =
                    table.rows().stream()
                            .map(row -> row.stream().map(Blocks::wellFormed).toList())
                            .toList();
            add(Block.table(sound, table.headerRows(), page, sheet));
        }
    }

    private void add(Block.Kind kind, int level, String text) {
        if (!text.isBlank()) {
            add(new Block(kind, level, wellFormed(text), page, sheet, List.of(), 0));
        }
    }

    private void add(Block block) {
        int length = block.text().length();
        chars += length;
        if (chars > maxChars || ++blocks > MOST_BLOCKS) {
            throw new Refused(Reason.TOO_LARGE, "more than " + maxChars + " characters of text");
        }
        hasText |= block.kind() != Block.Kind.HEADING || sheet == null;
        batch.add(block);
        batchChars += length;
        if (batchChars > BATCH_CHARS || batch.size() > BATCH_BLOCKS) {
            send(false, null);
        }
    }

    boolean isEmpty() {
        return !hasText;
    }

    int maxChars() {
        return maxChars;
    }

    /// Characters so far.
    long chars() {
        return chars;
    }

    @Nullable String title() {
        return title;
    }

    @Nullable Integer pages() {
        return pages;
    }

    void end(Frames.End end) throws IOException {
        try {
            send(false, end);
        } catch (PipeBroken e) {
            throw e.cause();
        }
    }

    private void send(boolean reading, Frames.@Nullable End end) {
        send(List.of(), reading, end);
    }

    private void send(List<Picture> seen, boolean reading, Frames.@Nullable End end) {
        send(seen, reading, null, end);
    }

    private void send(
            List<Picture> seen, boolean reading, @Nullable String state, Frames.@Nullable End end) {
        try {
            int of = pages == null || pagesRead == 0 ? 0 : pages;
            Frames.write(out, new Frames.Reply(batch, seen, reading, pagesRead, of, state, end));
        } catch (IOException e) {
            throw new PipeBroken(e);
        }
        batch = new ArrayList<>();
        batchChars = 0;
    }

    /// Half a surrogate pair cannot be written as UTF-8.
    static String wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                int c = text.codePointAt(i);
                if (c < Character.MIN_SUPPLEMENTARY_CODE_POINT) {
                    return mended(text);
                }
                i++;
            }
        }
        return text;
    }

    private static String mended(String text) {
        StringBuilder mended = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> Character.getType(c) == Character.SURROGATE ? 0xFFFD : c)
                .forEach(mended::appendCodePoint);
        return mended.toString();
    }
}
