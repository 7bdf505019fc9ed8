package io.zhiwen.ingest.chunk;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Joins neighbouring sections that are too small to be found alone.
final class Merge {

    private Merge() {}

    /// Sections on one page or sheet whose bodies are small become one below the headings they
    /// share; the headings that are lost from the path become text. A heading with nothing below
    /// but further headings lives on in their paths.
    static List<Section> small(List<Section> sections, ChunkSettings settings) {
        List<Section> merged = new ArrayList<>();
        for (int i = 0; i < sections.size(); i++) {
            Section section = sections.get(i);
            boolean inNextPath = i + 1 < sections.size() && contains(sections.get(i + 1), section);
            if (section.body().isEmpty() && inNextPath) {
                continue;
            }
            Section before = merged.isEmpty() ? null : merged.getLast();
            if (before != null && belongTogether(before, section, settings)) {
                merged.set(merged.size() - 1, join(before, section));
            } else {
                merged.add(section);
            }
        }
        return merged;
    }

    private static boolean contains(Section deeper, Section section) {
        return deeper.path().size() > section.path().size()
                && deeper.path().subList(0, section.path().size()).equals(section.path());
    }

    private static boolean belongTogether(Section a, Section b, ChunkSettings settings) {
        if (a.heading().isEmpty() || b.heading().isEmpty() || common(a, b).isEmpty()) {
            return false;
        }
        int small = settings.target() / 5;
        boolean together =
                a.tokens() + b.tokens() + b.heading().getFirst().tokens() <= settings.target();
        return together
                && (a.tokens() < small || b.tokens() < small)
                && Objects.equals(a.first().block().page(), b.first().block().page())
                && Objects.equals(a.first().block().sheet(), b.first().block().sheet());
    }

    private static Section join(Section a, Section b) {
        List<String> path = common(a, b);
        boolean aIsInPath = path.equals(a.path());
        List<Atom> body = new ArrayList<>();
        if (!aIsInPath) {
            body.addAll(a.heading());
        }
        body.addAll(a.body());
        body.addAll(b.heading());
        body.addAll(b.body());
        return new Section(path, aIsInPath ? a.heading() : List.of(body.getFirst()), body);
    }

    private static List<String> common(Section a, Section b) {
        int same = 0;
        int shortest = Math.min(a.path().size(), b.path().size());
        while (same < shortest && a.path().get(same).equals(b.path().get(same))) {
            same++;
        }
        return a.path().subList(0, same);
    }
}
