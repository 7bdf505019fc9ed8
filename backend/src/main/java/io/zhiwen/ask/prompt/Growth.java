package io.zhiwen.ask.prompt;

import io.zhiwen.ask.rerank.Passage;
import io.zhiwen.ingest.chunk.Chunk;
import io.zhiwen.ingest.parse.Span;
import io.zhiwen.ingest.store.StoredChunk;
import io.zhiwen.ingest.upload.DocumentId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Grows each passage from its chunk to its section, the best first, while there is room; never
/// over what another passage already shows.
final class Growth {

    private static final String PARAGRAPH = "\n\n";

    private record Version(DocumentId document, int version) {
        static Version of(StoredChunk chunk) {
            return new Version(chunk.document(), chunk.version());
        }
    }

    private final Texts texts;
    private final int most;
    private final Yardstick yardstick;

    /// @param most tokens for one passage
    Growth(Texts texts, int most, Yardstick yardstick) {
        this.texts = texts;
        this.most = most;
        this.yardstick = yardstick;
    }

    /// @param room tokens for all growth together
    /// @return the text of each passage, in their order
    List<String> grow(List<Passage> passages, int room) {
        Map<Version, Optional<String>> loaded = new HashMap<>();
        Map<Version, List<Span>> shown = new HashMap<>();
        for (Passage passage : passages) {
            shown.computeIfAbsent(Version.of(passage.source()), _ -> new ArrayList<>())
                    .add(passage.source().chunk().span());
        }
        List<String> grown = new ArrayList<>();
        int left = room;
        for (Passage passage : passages) {
            Chunk chunk = passage.source().chunk();
            Version version = Version.of(passage.source());
            Optional<String> whole =
                    loaded.computeIfAbsent(version, v -> texts.of(v.document(), v.version()));
            // a part of a table carries header rows its span has not: it stays as it is
            if (left <= 0 || whole.isEmpty() || !isVerbatim(chunk, whole.get())) {
                grown.add(chunk.text());
                continue;
            }
            List<Span> others = shown.getOrDefault(version, List.of());
            int own = yardstick.of(chunk.text());
            Span span = grow(whole.get(), chunk, others, Math.min(most, own + left));
            others.add(span);
            String text = span.of(whole.get());
            left -= Math.max(0, yardstick.of(text) - own);
            grown.add(text);
        }
        return grown;
    }

    /// As much of a text as fits, cut at its end.
    static String cut(String text, int tokens, Yardstick yardstick) {
        if (yardstick.of(text) <= tokens) {
            return text;
        }
        int low = 0;
        int high = text.length();
        while (low < high) {
            int middle = (low + high + 1) / 2;
            if (yardstick.of(text.substring(0, middle)) <= tokens) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        boolean pair = low > 0 && Character.isHighSurrogate(text.charAt(low - 1));
        return text.substring(0, pair ? low - 1 : low) + "…";
    }

    private static boolean isVerbatim(Chunk chunk, String whole) {
        return chunk.section().end() <= whole.length()
                && chunk.span().of(whole).equals(chunk.text());
    }

    /// Paragraph by paragraph, after the chunk and before it in turn.
    private Span grow(String whole, Chunk chunk, List<Span> others, int tokens) {
        int start = chunk.span().start();
        int end = chunk.span().end();
        int from = chunk.section().start();
        int to = chunk.section().end();
        for (Span other : others) {
            if (other.end() <= start) {
                from = Math.max(from, other.end());
            } else if (other.start() >= end) {
                to = Math.min(to, other.start());
            }
        }
        boolean after = true;
        boolean before = true;
        while (after || before) {
            if (after) {
                int next = nextEnd(whole, end, to);
                after = next > end && yardstick.of(whole.substring(start, next)) <= tokens;
                end = after ? next : end;
            }
            if (before) {
                int previous = previousStart(whole, start, from);
                before = previous < start && yardstick.of(whole.substring(previous, end)) <= tokens;
                start = before ? previous : start;
            }
        }
        return new Span(start, end);
    }

    private static int nextEnd(String whole, int end, int to) {
        int found = whole.indexOf(PARAGRAPH, Math.min(end + PARAGRAPH.length(), whole.length()));
        return found < 0 || found > to ? to : found;
    }

    private static int previousStart(String whole, int start, int from) {
        int found = whole.lastIndexOf(PARAGRAPH, start - PARAGRAPH.length() - 1);
        return found < 0 || found + PARAGRAPH.length() < from ? from : found + PARAGRAPH.length();
    }
}
