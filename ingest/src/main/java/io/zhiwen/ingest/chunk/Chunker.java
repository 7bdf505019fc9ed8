package io.zhiwen.ingest.chunk;

import io.zhiwen.ingest.chunk.ChunkRules.Way;
import io.zhiwen.ingest.clean.CleanDocument;
import java.util.List;
import java.util.function.ToIntBiFunction;

/// Cuts a document along its structure: by section, then by block and article, then by sentence or
/// row; or by the rules of its base. Every word of the document is in a chunk's span or in its
/// heading path; only delimiters are in neither. Takes time in proportion to the text. Safe for
/// concurrent use if the token counter is.
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
        return chunk(document, ChunkRules.STANDARD);
    }

    public List<Chunk> chunk(CleanDocument document, ChunkRules wanted) {
        String text = document.text();
        ChunkRules rules = wanted.without(text);
        ChunkSettings sizes = rules.sizes(settings);
        Cut cut = new Cut(text, sizes, rules, counter);
        List<Section> sections =
                Outline.of(document, new Atoms(sizes, rules, counter), rules.sectionDepth());
        if (rules.way() == Way.STRUCTURE) {
            sections = Merge.small(sections, sizes);
        }
        sections.forEach(cut::add);
        return cut.chunks();
    }

    /// The same with what people changed of its passages.
    public List<Chunk> chunk(CleanDocument document, ChunkRules wanted, ChunkEdits edits) {
        return edits.applied(chunk(document, wanted), counter);
    }
}
