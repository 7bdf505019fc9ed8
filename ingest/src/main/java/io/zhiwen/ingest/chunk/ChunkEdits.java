package io.zhiwen.ingest.chunk;

import io.zhiwen.ingest.parse.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntBiFunction;

/// What people changed of the passages of one document, each known by the text it was cut with: a
/// change whose text is cut no more changes nothing.
public record ChunkEdits(List<ChunkEdit> edits) {

    public static final ChunkEdits NONE = new ChunkEdits(List.of());

    public ChunkEdits {
        edits = List.copyOf(edits);
    }

    /// @param counter tokens of a text in a language
    List<Chunk> applied(List<Chunk> cut, ToIntBiFunction<Language, String> counter) {
        if (edits.isEmpty()) {
            return cut;
        }
        Map<String, ChunkEdit> changes = new HashMap<>();
        for (ChunkEdit edit : edits) {
            if (edit.near() == null) {
                changes.put(edit.original(), edit);
            }
        }
        List<Span> changed = new ArrayList<>();
        List<Chunk> kept = new ArrayList<>();
        for (Chunk chunk : cut) {
            ChunkEdit change = changes.get(chunk.text());
            if (change == null) {
                kept.add(chunk);
                continue;
            }
            changed.add(chunk.span());
            if (change.kind() == ChunkEdit.Kind.EDITED) {
                kept.add(saying(chunk, change.text(), counter));
            }
        }
        for (ChunkEdit edit : edits) {
            ChunkEdit.Near near = edit.near();
            if (near != null) {
                kept.add(added(edit.text(), near, cut, counter));
            }
        }
        List<Chunk> numbered = new ArrayList<>();
        kept.forEach(chunk -> numbered.add(at(chunk, numbered.size(), changed)));
        return List.copyOf(numbered);
    }

    private static Chunk saying(
            Chunk chunk, String text, ToIntBiFunction<Language, String> counter) {
        Language language = Language.of(text);
        return new Chunk(
                chunk.ordinal(),
                text,
                chunk.headingPath(),
                chunk.page(),
                chunk.sheet(),
                chunk.span(),
                chunk.span(),
                counter.applyAsInt(language, text),
                language);
    }

    /// Where the document has become too short, beside its last passage.
    private static Chunk added(
            String text,
            ChunkEdit.Near near,
            List<Chunk> cut,
            ToIntBiFunction<Language, String> counter) {
        Language language = Language.of(text);
        Span span = near.span();
        if (!cut.isEmpty() && cut.getLast().span().end() < span.end()) {
            span = cut.getLast().span();
        }
        return new Chunk(
                0,
                text,
                near.headingPath(),
                near.page(),
                near.sheet(),
                span,
                span,
                counter.applyAsInt(language, text),
                language);
    }

    /// What was changed is no longer read around a passage either: it would say what it said
    /// before.
    private static Chunk at(Chunk chunk, int ordinal, List<Span> changed) {
        int from = chunk.section().start();
        int to = chunk.section().end();
        for (Span other : changed) {
            if (other.end() <= chunk.span().start()) {
                from = Math.max(from, other.end());
            } else if (other.start() >= chunk.span().end()) {
                to = Math.min(to, other.start());
            }
        }
        return new Chunk(
                ordinal,
                chunk.text(),
                chunk.headingPath(),
                chunk.page(),
                chunk.sheet(),
                chunk.span(),
                new Span(from, to),
                chunk.tokens(),
                chunk.language());
    }
}
