package io.zhiwen.ingest.chunk;

import java.util.List;

/// A heading and what stands below it up to the next heading.
///
/// @param path the headings it stands under, its own last
/// @param heading the atoms of its own heading; empty for what precedes the first one
/// @param body in order; may be empty
record Section(List<String> path, List<Atom> heading, List<Atom> body) {

    int tokens() {
        return body.stream().mapToInt(Atom::tokens).sum();
    }

    Atom first() {
        return heading.isEmpty() ? body.getFirst() : heading.getFirst();
    }
}
