package io.zhiwen.pages;

import io.zhiwen.ingest.clean.CleanDocument;
import io.zhiwen.ingest.parse.Block;
import io.zhiwen.ingest.parse.Span;
import io.zhiwen.library.DocumentFigure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A stretch of a document's blocks to read, with a passage of it marked.
///
/// @param from first block
/// @param to behind the last block
/// @param all how many blocks there are
/// @param changed whether readers find a newer version by now
record Reading(int from, int to, int all, boolean changed, List<BlockView> blocks) {

    private static final int AT_ONCE = 60;
    private static final int BEFORE_MARK = 15;

    /// @param mark where a new page or sheet begins, in words; else empty
    /// @param figures that stand behind it
    record BlockView(
            String kind,
            int level,
            String mark,
            List<Piece> pieces,
            List<RowView> rows,
            List<FigureView> figures) {}

    record RowView(boolean header, List<List<Piece>> cells) {}

    record Piece(String text, boolean marked) {}

    /// From the beginning, or from a bit before the passage.
    static Reading of(
            CleanDocument document,
            @Nullable Span passage,
            boolean changed,
            Words words,
            Locale to) {
        if (passage == null) {
            return stretch(document, 0, null, changed, words, to);
        }
        var spans = document.spans();
        int first = 0;
        while (first < spans.size() - 1 && spans.get(first).end() <= passage.start()) {
            first++;
        }
        return stretch(document, first - BEFORE_MARK, passage, changed, words, to);
    }

    static Reading stretch(
            CleanDocument document,
            int from,
            @Nullable Span passage,
            boolean changed,
            Words words,
            Locale locale) {
        int all = document.blocks().size();
        int begin = Math.clamp(from, 0, all);
        int end = Math.min(all, begin + AT_ONCE);
        var spans = document.spans();
        var views = new ArrayList<BlockView>();
        for (int i = begin; i < end; i++) {
            var before = i == 0 ? null : document.blocks().get(i - 1);
            var block = document.blocks().get(i);
            views.add(view(block, newPlace(before, block, words, locale), spans.get(i), passage));
        }
        return new Reading(begin, end, all, changed, List.copyOf(views));
    }

    static Reading before(
            CleanDocument document, int before, boolean changed, Words words, Locale locale) {
        int begin = Math.max(0, before - AT_ONCE);
        var reading = stretch(document, begin, null, changed, words, locale);
        int end = Math.clamp(before, begin, reading.to());
        return new Reading(
                begin, end, reading.all(), changed, reading.blocks().subList(0, end - begin));
    }

    /// The same with the document's figures, each behind its block.
    Reading with(CleanDocument document, List<DocumentFigure> figures, Words words, Locale locale) {
        var spans = document.spans();
        var views = new ArrayList<BlockView>();
        for (int i = from; i < to; i++) {
            int before = i == 0 ? -1 : spans.get(i - 1).end();
            int end = spans.get(i).end();
            var here =
                    figures.stream()
                            .filter(figure -> figure.place() > before && figure.place() <= end)
                            .map(figure -> FigureView.of(figure, words, locale))
                            .toList();
            var view = blocks.get(i - from);
            views.add(
                    new BlockView(
                            view.kind(),
                            view.level(),
                            view.mark(),
                            view.pieces(),
                            view.rows(),
                            here));
        }
        return new Reading(from, to, all, changed, List.copyOf(views));
    }

    private static String newPlace(
            @Nullable Block before, Block block, Words words, Locale locale) {
        var page = block.page();
        var sheet = block.sheet();
        if (sheet != null && (before == null || !sheet.equals(before.sheet()))) {
            return words.say(locale, "reader.sheet", sheet);
        }
        if (page != null && (before == null || !Objects.equals(page, before.page()))) {
            return words.say(locale, "reader.page", page);
        }
        return "";
    }

    private static BlockView view(Block block, String mark, Span span, @Nullable Span passage) {
        boolean table = block.kind() == Block.Kind.TABLE;
        return new BlockView(
                block.kind().name(),
                block.level(),
                mark,
                table ? List.of() : pieces(block.text(), span.start(), passage),
                table ? rows(block, span.start(), passage) : List.of(),
                List.of());
    }

    /// The block's text is its cells joined by ` | `, its rows by line ends.
    private static List<RowView> rows(Block block, int start, @Nullable Span passage) {
        var rows = new ArrayList<RowView>();
        int at = start;
        for (int r = 0; r < block.rows().size(); r++) {
            var cells = new ArrayList<List<Piece>>();
            for (var cell : block.rows().get(r)) {
                cells.add(pieces(cell, at, passage));
                at += cell.length() + " | ".length();
            }
            at += "\n".length() - (cells.isEmpty() ? 0 : " | ".length());
            rows.add(new RowView(r < block.headerRows(), cells));
        }
        return rows;
    }

    private static List<Piece> pieces(String text, int start, @Nullable Span passage) {
        int end = start + text.length();
        if (passage == null || passage.end() <= start || passage.start() >= end) {
            return text.isEmpty() ? List.of() : List.of(new Piece(text, false));
        }
        int from = Math.max(0, passage.start() - start);
        int to = Math.min(text.length(), passage.end() - start);
        return List.of(
                        new Piece(text.substring(0, from), false),
                        new Piece(text.substring(from, to), true),
                        new Piece(text.substring(to), false))
                .stream()
                .filter(piece -> !piece.text().isEmpty())
                .toList();
    }
}
