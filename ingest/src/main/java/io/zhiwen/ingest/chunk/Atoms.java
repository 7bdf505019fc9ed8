package io.zhiwen.ingest.chunk;

import io.zhiwen.ingest.parse.Block;
import io.zhiwen.ingest.parse.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntBiFunction;
import org.jspecify.annotations.Nullable;

/// Cuts a block into atoms and counts each once.
final class Atoms {

    private static final String CLAUSE_ENDS = ";；,，、:：|)）";

    private final ChunkSettings settings;
    private final ChunkRules rules;
    private final ToIntBiFunction<Language, String> counter;

    Atoms(ChunkSettings settings, ChunkRules rules, ToIntBiFunction<Language, String> counter) {
        this.settings = settings;
        this.rules = rules;
        this.counter = counter;
    }

    /// The atoms of a block that stands at `offset`; together they hold all of its text but white
    /// space.
    List<Atom> of(Block block, int offset) {
        Language language = Language.of(block.text());
        List<Atom> atoms = new ArrayList<>();
        if (block.kind() == Block.Kind.TABLE) {
            rows(block, offset, language, atoms);
        } else {
            sentences(block, offset, language, atoms);
        }
        return atoms;
    }

    private void sentences(Block block, int offset, Language language, List<Atom> atoms) {
        String text = block.text();
        // a token is at least a character, so a short text needs no cutting
        if (text.length() <= settings.target() / 2 && !isDelimited(text)) {
            int tokens = counter.applyAsInt(language, text);
            atoms.add(
                    new Atom(
                            block,
                            offset,
                            offset + text.length(),
                            tokens,
                            language,
                            "",
                            0,
                            true,
                            Articles.opensAt(text, 0),
                            null));
            return;
        }
        boolean code = block.kind() == Block.Kind.CODE;
        boolean opens = true;
        for (Span span : undelimited(text, code ? lines(text) : Sentences.of(text))) {
            boolean article = Articles.opensAt(text, span.start());
            for (Span part : parts(text, span, language)) {
                int tokens = counter.applyAsInt(language, part.of(text));
                atoms.add(
                        new Atom(
                                block,
                                offset + part.start(),
                                offset + part.end(),
                                tokens,
                                language,
                                "",
                                0,
                                opens,
                                article && part.start() == span.start(),
                                null));
                opens = false;
            }
        }
    }

    private void rows(Block block, int offset, Language language, List<Atom> atoms) {
        String text = block.text();
        List<Span> lines = lines(text);
        int headerRows = Math.min(block.headerRows(), lines.size() - 1);
        String header = headerRows == 0 ? "" : text.substring(0, lines.get(headerRows - 1).end());
        int headerTokens = header.isEmpty() ? 0 : counter.applyAsInt(language, header);
        if (headerTokens > settings.most() / 2) {
            header = "";
            headerTokens = 0;
        }
        int room = settings.most() - headerTokens;
        boolean alone = rules.tables() != ChunkRules.Tables.PACKED;
        for (int row = 0; row < lines.size(); row++) {
            boolean below = row >= headerRows;
            String told = below ? told(block, row, headerRows) : null;
            List<Span> parts = parts(text, lines.get(row), language, room);
            for (Span part : parts) {
                atoms.add(
                        new Atom(
                                block,
                                offset + part.start(),
                                offset + part.end(),
                                counter.applyAsInt(language, part.of(text)),
                                language,
                                below ? header : "",
                                below ? headerTokens : 0,
                                part.start() == lines.get(row).start()
                                        && (row == 0 || (alone && row > headerRows)),
                                false,
                                parts.size() == 1 ? told : null));
            }
        }
    }

    /// A row as its cells, each behind the header of its column; null when rows stay rows, or when
    /// lines are not the rows of the block.
    private @Nullable String told(Block block, int row, int headerRows) {
        if (rules.tables() != ChunkRules.Tables.RECORDS
                || headerRows == 0
                || row >= block.rows().size()) {
            return null;
        }
        List<String> names = block.rows().get(headerRows - 1);
        List<String> cells = block.rows().get(row);
        StringBuilder told = new StringBuilder();
        for (int column = 0; column < cells.size(); column++) {
            if (!cells.get(column).isBlank()) {
                String name = column < names.size() ? names.get(column) : "";
                told.append(told.isEmpty() ? "" : "\n")
                        .append(name)
                        .append(name.isBlank() ? "" : ": ")
                        .append(cells.get(column));
            }
        }
        boolean fits =
                counter.applyAsInt(Language.of(told.toString()), told.toString())
                        <= settings.most();
        return fits && !told.isEmpty() ? told.toString() : null;
    }

    private boolean isDelimited(String text) {
        return rules.way() == ChunkRules.Way.DELIMITER && text.contains(rules.separator());
    }

    /// The spans without the delimiters in them; a blank one is none.
    private List<Span> undelimited(String text, List<Span> spans) {
        if (!isDelimited(text)) {
            return spans;
        }
        String delimiter = rules.separator();
        List<Span> parts = new ArrayList<>();
        int next = text.indexOf(delimiter);
        for (Span span : spans) {
            int start = span.start();
            while (next >= 0 && next < span.end()) {
                add(text, start, next, parts);
                start = next + delimiter.length();
                next = text.indexOf(delimiter, start);
            }
            add(text, start, span.end(), parts);
        }
        return parts;
    }

    private static void add(String text, int start, int end, List<Span> parts) {
        if (start < end && !text.substring(start, end).isBlank()) {
            parts.add(new Span(start, end));
        }
    }

    private static List<Span> lines(String text) {
        List<Span> lines = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            end = end < 0 ? text.length() : end;
            if (!text.substring(start, end).isBlank()) {
                lines.add(new Span(start, end));
            }
            start = end + 1;
        }
        return lines;
    }

    private List<Span> parts(String text, Span span, Language language) {
        return parts(text, span, language, settings.most());
    }

    /// The whole span when it has at most `most` tokens; else halves of it, again and again, cut
    /// at the clause end or space nearest to the middle.
    private List<Span> parts(String text, Span span, Language language, int most) {
        if (span.length() <= most || counter.applyAsInt(language, span.of(text)) <= most) {
            return List.of(span);
        }
        if (span.length() > most * 16) {
            // too long to be counted again and again
            List<Span> parts = new ArrayList<>();
            int cut = cutNear(text, span, span.start() + most * 8);
            parts.addAll(parts(text, new Span(span.start(), cut), language, most));
            addTail(parts, text, new Span(cut, span.end()), language, most);
            return parts;
        }
        int cut = cutNear(text, span, span.start() + span.length() / 2);
        List<Span> parts =
                new ArrayList<>(parts(text, new Span(span.start(), cut), language, most));
        parts.addAll(parts(text, new Span(cut, span.end()), language, most));
        return parts;
    }

    private void addTail(List<Span> parts, String text, Span tail, Language language, int most) {
        Span rest = tail;
        while (rest.length() > most * 16) {
            int cut = cutNear(text, rest, rest.start() + most * 8);
            parts.addAll(parts(text, new Span(rest.start(), cut), language, most));
            rest = new Span(cut, rest.end());
        }
        parts.addAll(parts(text, rest, language, most));
    }

    /// A cut inside `span`, at most a quarter of the way from `near` to its end or start: behind a
    /// clause end, else at a space, else at `near`, never inside a character.
    private static int cutNear(String text, Span span, int near) {
        int reach = Math.min(near - span.start(), span.end() - near) / 2;
        int space = -1;
        for (int away = 0; away < reach; away++) {
            for (int at : new int[] {near - away, near + away}) {
                char before = text.charAt(at - 1);
                if (CLAUSE_ENDS.indexOf(before) >= 0 && !isInNumber(text, at)) {
                    return at;
                }
                if (space < 0 && Character.isWhitespace(before)) {
                    space = at;
                }
            }
        }
        int cut = space > 0 ? space : near;
        boolean insideCharacter =
                Character.isLowSurrogate(text.charAt(cut))
                        && Character.isHighSurrogate(text.charAt(cut - 1));
        return insideCharacter ? cut + 1 : cut;
    }

    private static boolean isInNumber(String text, int at) {
        return at < text.length() && Character.isDigit(text.charAt(at));
    }
}
