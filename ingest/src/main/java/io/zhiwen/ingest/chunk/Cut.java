package io.zhiwen.ingest.chunk;

import io.zhiwen.ingest.chunk.ChunkRules.Tables;
import io.zhiwen.ingest.chunk.ChunkRules.Way;
import io.zhiwen.ingest.parse.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.ToIntBiFunction;
import org.jspecify.annotations.Nullable;

/// Makes the chunks of one document, section by section.
final class Cut {

    private final String text;
    private final ChunkSettings sizes;
    private final ChunkRules rules;
    private final ToIntBiFunction<Language, String> counter;
    private final List<Chunk> chunks = new ArrayList<>();

    Cut(
            String text,
            ChunkSettings sizes,
            ChunkRules rules,
            ToIntBiFunction<Language, String> counter) {
        this.text = text;
        this.sizes = sizes;
        this.rules = rules;
        this.counter = counter;
    }

    List<Chunk> chunks() {
        return chunks;
    }

    void add(Section section) {
        List<Atom> atoms = section.body().isEmpty() ? section.heading() : section.body();
        Surroundings around = new Surroundings(section, sizes.section());
        int from = 0;
        while (from < atoms.size()) {
            int to = from + 1;
            while (to < atoms.size() && !mustBegin(atoms, to)) {
                to++;
            }
            addStretch(section, around, atoms, from, to);
            from = to;
        }
    }

    /// Whether a rule says that a chunk begins with this atom.
    private boolean mustBegin(List<Atom> atoms, int at) {
        Atom before = atoms.get(at - 1);
        Atom atom = atoms.get(at);
        boolean delimited =
                rules.way() == Way.DELIMITER
                        && text.substring(before.end(), atom.start()).contains(rules.separator());
        boolean rowAlone =
                rules.tables() != Tables.PACKED && (atom.isRow() ? atom.opens() : before.isRow());
        return delimited || rowAlone;
    }

    private void addStretch(
            Section section, Surroundings around, List<Atom> atoms, int first, int end) {
        List<Atom> stretch = atoms.subList(first, end);
        int tokens = stretch.stream().mapToInt(Atom::tokens).sum();
        boolean whole = rules.way() != Way.STRUCTURE && tokens <= sizes.target();
        int from = first;
        for (int length : whole ? List.of(end - first) : new Packer(sizes, stretch).ends()) {
            int to = first + length;
            add(section, around, atoms, lead(atoms, first, from), from, to);
            from = to;
        }
    }

    /// The first atom of the text before a chunk that the chunk repeats.
    private int lead(List<Atom> atoms, int first, int from) {
        int lead = from;
        int tokens = 0;
        while (lead > first
                && !atoms.get(lead - 1).isRow()
                && tokens + atoms.get(lead - 1).tokens() <= rules.overlap()) {
            tokens += atoms.get(--lead).tokens();
        }
        return lead;
    }

    private void add(
            Section section, Surroundings around, List<Atom> atoms, int lead, int from, int to) {
        Atom first = atoms.get(from);
        Span span = new Span(atoms.get(lead).start(), atoms.get(to - 1).end());
        String shown = shown(atoms.subList(from, to), span);
        Language language = Language.of(shown);
        int tokens = tokens(atoms.subList(lead, to), language, shown);
        if (tokens > sizes.most() && lead < from) {
            add(section, around, atoms, from, from, to);
            return;
        }
        if (tokens > sizes.most() && to - from > 1) {
            int middle = (from + to) / 2;
            add(section, around, atoms, from, from, middle);
            add(section, around, atoms, middle, middle, to);
            return;
        }
        chunks.add(
                new Chunk(
                        chunks.size(),
                        shown,
                        section.path(),
                        first.block().page(),
                        first.block().sheet(),
                        span,
                        around.of(section.body().isEmpty() ? -1 : lead, to, span),
                        tokens,
                        language));
    }

    private String shown(List<Atom> atoms, Span span) {
        String told = told(atoms);
        if (told != null) {
            return told;
        }
        String header = atoms.getFirst().header();
        return header.isEmpty() ? span.of(text) : header + "\n" + span.of(text);
    }

    /// The row as it is told, when there is one row to tell; the header before it is in it.
    private static @Nullable String told(List<Atom> atoms) {
        return atoms.stream().filter(atom -> atom.told() != null).count() == 1
                ? atoms.getLast().told()
                : null;
    }

    private int tokens(List<Atom> atoms, Language language, String shown) {
        boolean others =
                atoms.stream()
                        .anyMatch(
                                atom ->
                                        atom.told() != null
                                                || !Objects.equals(atom.language(), language));
        if (others) {
            return counter.applyAsInt(language, shown);
        }
        return atoms.getFirst().headerTokens() + atoms.stream().mapToInt(Atom::tokens).sum();
    }
}
