package io.zhiwen.ingest.chunk;

import io.zhiwen.ingest.parse.Span;
import java.util.List;

/// What stands around a chunk and is still its section: all of it, or as much as stays readable.
final class Surroundings {

    private final Section section;
    private final int most;
    private final boolean whole;

    Surroundings(Section section, int most) {
        this.section = section;
        this.most = most;
        this.whole = section.tokens() <= most;
    }

    /// @param from the first of the chunk's atoms in the section's body, -1 for a bare heading
    /// @param to behind its last
    Span of(int from, int to, Span chunk) {
        List<Atom> body = section.body();
        if (from < 0 || body.isEmpty()) {
            return chunk;
        }
        if (whole) {
            return new Span(section.first().start(), body.getLast().end());
        }
        int tokens = body.subList(from, to).stream().mapToInt(Atom::tokens).sum();
        int first = from;
        int last = to;
        boolean grew = true;
        while (grew) {
            grew = false;
            if (first > 0 && tokens + body.get(first - 1).tokens() <= most) {
                tokens += body.get(--first).tokens();
                grew = true;
            }
            if (last < body.size() && tokens + body.get(last).tokens() <= most) {
                tokens += body.get(last++).tokens();
                grew = true;
            }
        }
        Atom start = first == 0 ? section.first() : body.get(first);
        return new Span(start.start(), body.get(last - 1).end());
    }
}
