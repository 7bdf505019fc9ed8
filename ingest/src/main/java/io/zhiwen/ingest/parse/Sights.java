package io.zhiwen.ingest.parse;

import io.zhiwen.ingest.parse.Block.Kind;
import io.zhiwen.ingest.parse.Picture.Use;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What a vision model saw in one document, put where it belongs: a page's text among the pages, a
/// figure's description where the figure stands. The findings say of which pages it is.
final class Sights {

    private final ParsedDocument parsed;
    private final SortedMap<Integer, List<Block>> pages = new TreeMap<>();
    private final Map<String, String> figures = new HashMap<>();
    private final SortedSet<Integer> describedOn = new TreeSet<>();
    private final SortedSet<Integer> unansweredPages = new TreeSet<>();
    private final SortedSet<Integer> unansweredFiguresOn = new TreeSet<>();
    private int described;
    private int unansweredFigures;

    Sights(ParsedDocument parsed) {
        this.parsed = parsed;
    }

    /// @param said as it came
    void seen(Picture picture, String said) {
        Integer page = picture.page();
        if (picture.use() == Use.PAGES && page != null) {
            List<Block> blocks = ModelText.page(said, page);
            if (blocks.stream().anyMatch(block -> !block.text().isBlank())) {
                pages.put(page, blocks);
            }
            return;
        }
        String description = ModelText.figure(said);
        if (!description.isEmpty()) {
            described++;
            note(page, describedOn);
            figures.put(picture.mark(), description);
        }
    }

    /// Its server did not answer.
    void unanswered(Picture picture) {
        Integer page = picture.page();
        if (picture.use() == Use.PAGES) {
            note(page, unansweredPages);
        } else {
            unansweredFigures++;
            note(page, unansweredFiguresOn);
        }
    }

    private static void note(@Nullable Integer page, SortedSet<Integer> pages) {
        if (page != null) {
            pages.add(page);
        }
    }

    ParsedDocument document() {
        List<Figure> places = new ArrayList<>();
        List<Block> blocks = blocks(places);
        return new ParsedDocument(
                parsed.mediaType(),
                parsed.typeMismatch(),
                parsed.title(),
                parsed.pages(),
                blocks,
                findings(),
                parsed.parts(),
                parsed.scans(),
                List.of(),
                places);
    }

    /// @param places takes the figures, each behind the blocks it stands behind now
    private List<Block> blocks(List<Figure> places) {
        List<Block> all = new ArrayList<>();
        SortedMap<Integer, List<Block>> left = new TreeMap<>(pages);
        int read = 0;
        for (Block block : parsed.blocks()) {
            int before = read++;
            parsed.figures().stream()
                    .filter(figure -> figure.after() == before)
                    .forEach(figure -> places.add(figure.after(all.size())));
            int page = Objects.requireNonNullElse(block.page(), 0);
            while (!left.isEmpty() && left.firstKey() < page) {
                all.addAll(left.pollFirstEntry().getValue());
            }
            add(block, all);
        }
        int end = read;
        parsed.figures().stream()
                .filter(figure -> figure.after() >= end)
                .forEach(figure -> places.add(figure.after(all.size())));
        left.values().forEach(all::addAll);
        return all;
    }

    /// With descriptions for marks; a description is a paragraph, in a table part of its cell.
    private void add(Block block, List<Block> to) {
        List<String> marks =
                parsed.pictures().stream()
                        .map(Picture::mark)
                        .filter(mark -> !mark.isEmpty() && block.text().contains(mark))
                        .toList();
        if (marks.isEmpty()) {
            to.add(block);
        } else if (block.kind() == Kind.TABLE) {
            List<List<String>> rows =
                    block.rows().stream()
                            .map(row -> row.stream().map(cell -> without(marks, cell)).toList())
                            .toList();
            to.add(Block.table(rows, block.headerRows(), block.page(), block.sheet()));
        } else {
            String text = block.text();
            for (String mark : marks) {
                text = text.replace(mark, "");
            }
            if (!text.isBlank()) {
                to.add(
                        new Block(
                                block.kind(),
                                block.level(),
                                text.strip(),
                                block.page(),
                                block.sheet(),
                                List.of(),
                                0));
            }
            for (String mark : marks) {
                String words = figures.getOrDefault(mark, "");
                if (!words.isEmpty()) {
                    to.add(
                            new Block(
                                    Kind.PARAGRAPH,
                                    0,
                                    words,
                                    block.page(),
                                    block.sheet(),
                                    List.of(),
                                    0));
                }
            }
        }
    }

    private String without(List<String> marks, String cell) {
        String text = cell;
        for (String mark : marks) {
            text = text.replace(mark, figures.getOrDefault(mark, ""));
        }
        return text;
    }

    private List<Finding> findings() {
        Set<Integer> settled = new HashSet<>(pages.keySet());
        settled.addAll(unansweredPages);
        List<Finding> all = new ArrayList<>();
        for (Finding finding : parsed.findings()) {
            boolean unread =
                    finding.kind() == Finding.Kind.UNREAD
                            || finding.kind() == Finding.Kind.UNREAD_WITHOUT_OCR;
            List<Integer> still =
                    finding.pages().stream().filter(page -> !settled.contains(page)).toList();
            if (!unread) {
                all.add(finding);
            } else if (!still.isEmpty()) {
                all.add(Finding.onPages(finding.kind(), still, still.size()));
            }
        }
        if (!pages.isEmpty()) {
            all.add(
                    Finding.onPages(
                            Finding.Kind.READ_BY_MODEL, List.copyOf(pages.keySet()), pages.size()));
        }
        if (described > 0) {
            all.add(
                    Finding.onPages(
                            Finding.Kind.FIGURES_DESCRIBED, List.copyOf(describedOn), described));
        }
        if (!unansweredPages.isEmpty()) {
            all.add(
                    Finding.onPages(
                            Finding.Kind.UNREAD_BY_MODEL,
                            List.copyOf(unansweredPages),
                            unansweredPages.size()));
        }
        if (unansweredFigures > 0) {
            all.add(
                    Finding.onPages(
                            Finding.Kind.FIGURES_NOT_DESCRIBED,
                            List.copyOf(unansweredFiguresOn),
                            unansweredFigures));
        }
        return all;
    }
}
