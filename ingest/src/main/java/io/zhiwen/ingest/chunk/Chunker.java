package io.zhiwen.ingest.chunk;

import io.zhiwen.ingest.clean.CleanDocument;
import io.zhiwen.ingest.parse.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.ToIntBiFunction;

/// Cuts a document along its structure: by section, then by block and article, then by sentence or
/// row. Every word of the document is in a chunk's span or in its heading path. Takes time in
/// proportion to the text. Safe for concurrent use if the token counter is.
public final class Chunker {

    private final ChunkSettings settings;
    private final ToIntBiFunction<Language, String> counter;

    /// @param tokenCounter counts as the encoder for that language does; needs to be additive only
    /// roughly
    public Chunker(ChunkSettings settings, ToIntBiFunction<Language, String> tokenCounter) {
        this.settings = settings;
        this.counter = tokenCounter;
    }

    public List<Chunk> chunk(CleanDocument document) {
        String text = document.text();
        List<Chunk> chunks = new ArrayList<>();
        List<Section> sections =
                Merge.small(Outline.of(document, new Atoms(settings, counter)), settings);
        for (Section section : sections) {
            List<Atom> atoms = section.body().isEmpty() ? section.heading() : section.body();
            Surroundings around = new Surroundings(section, settings.section());
            int from = 0;
            for (int to : new Packer(settings, atoms).ends()) {
                add(chunks, text, section, around, atoms, from, to);
                from = to;
            }
        }
        return chunks;
    }

    private void add(
            List<Chunk> chunks,
            String text,
            Section section,
            Surroundings around,
            List<Atom> atoms,
            int from,
            int to) {
        Atom first = atoms.get(from);
        Span span = new Span(first.start(), atoms.get(to - 1).end());
        boolean repeat = !first.header().isEmpty();
        String shown = repeat ? first.header() + "\n" + span.of(text) : span.of(text);
        Language language = Language.of(shown);
        int tokens = tokens(atoms.subList(from, to), language, shown);
        if (tokens > settings.most() && to - from > 1) {
            int middle = (from + to) / 2;
            add(chunks, text, section, around, atoms, from, middle);
            add(chunks, text, section, around, atoms, middle, to);
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
                        around.of(section.body().isEmpty() ? -1 : from, to, span),
                        tokens,
                        language));
    }

    private int tokens(List<Atom> atoms, Language language, String shown) {
        if (atoms.stream().anyMatch(atom -> !Objects.equals(atom.language(), language))) {
            return counter.applyAsInt(language, shown);
        }
        return atoms.getFirst().headerTokens() + atoms.stream().mapToInt(Atom::tokens).sum();
    }
}
