package io.zhiwen.ingest.chunk;

import io.zhiwen.ingest.parse.Block;
import java.util.ArrayList;
import java.util.List;

/// Fills chunks with the atoms of a section, in order.
///
/// Atoms that belong together (an article of a law, a list with the line that announces it, a
/// block) form a unit; a unit is cut only when it is larger than a chunk may be.
final class Packer {

    private final ChunkSettings settings;
    private final List<Atom> atoms;
    private final List<Integer> ends = new ArrayList<>();
    private int start;
    private int tokens;

    Packer(ChunkSettings settings, List<Atom> atoms) {
        this.settings = settings;
        this.atoms = atoms;
    }

    /// Behind which atom each chunk ends.
    List<Integer> ends() {
        int from = 0;
        while (from < atoms.size()) {
            int to = unitEnd(from);
            addUnit(from, to);
            from = to;
        }
        flush(atoms.size());
        joinLittleTail();
        return ends;
    }

    private void addUnit(int from, int to) {
        int size = sum(from, to);
        boolean full =
                isTopic(from)
                        ? tokens + size > settings.target() / 3
                        : tokens + size > settings.target() && !fitsStill(size);
        if (start < from && full) {
            flush(from);
        }
        if (tokens + size <= settings.most()) {
            tokens += size;
            return;
        }
        for (int i = from; i < to; i++) {
            int next = atoms.get(i).tokens();
            if (start < i && tokens + next > settings.target()) {
                flush(i);
            }
            tokens += next;
        }
    }

    /// A chunk that is still small takes a whole unit rather than stay small.
    private boolean fitsStill(int size) {
        return tokens < settings.target() / 3 && tokens + size <= settings.most();
    }

    private void flush(int end) {
        if (end > start) {
            ends.add(end);
            start = end;
            tokens = end < atoms.size() ? atoms.get(end).headerTokens() : 0;
        }
    }

    private int unitEnd(int from) {
        int to = blockEnd(from);
        if (atoms.get(from).article()) {
            while (to < atoms.size()
                    && !atoms.get(to).article()
                    && sum(from, to) < settings.most()) {
                to = blockEnd(to);
            }
            return to;
        }
        if (announcesList(from)) {
            boolean item = isListItem(from);
            while (to < atoms.size()
                    && isListItem(to)
                    && (!item || level(to) > level(from))
                    && sum(from, to) + atoms.get(to).tokens() <= settings.target()) {
                to = blockEnd(to);
            }
        }
        return to;
    }

    /// Behind the last atom of the block, or before the next article in the same block.
    private int blockEnd(int from) {
        int to = from + 1;
        while (to < atoms.size() && !atoms.get(to).opens() && !atoms.get(to).article()) {
            to++;
        }
        return to;
    }

    private boolean announcesList(int at) {
        String text = atoms.get(at).block().text().stripTrailing();
        return isTopic(at) || text.endsWith(":") || text.endsWith("：");
    }

    /// A list item with deeper ones below: such lists change their subject with each, so that each
    /// is found better with few others beside it.
    private boolean isTopic(int at) {
        int next = blockEnd(at);
        return isListItem(at) && next < atoms.size() && isListItem(next) && level(next) > level(at);
    }

    private int level(int at) {
        return atoms.get(at).block().level();
    }

    private boolean isListItem(int at) {
        return atoms.get(at).block().kind() == Block.Kind.LIST_ITEM;
    }

    private int sum(int from, int to) {
        int sum = 0;
        for (int i = from; i < to; i++) {
            sum += atoms.get(i).tokens();
        }
        return sum;
    }

    /// A last chunk of a few words goes with the one before.
    private void joinLittleTail() {
        if (ends.size() < 2) {
            return;
        }
        int before = ends.size() > 2 ? ends.get(ends.size() - 3) : 0;
        int tail = sum(ends.get(ends.size() - 2), atoms.size());
        int last = sum(before, ends.get(ends.size() - 2)) + atoms.get(before).headerTokens();
        if (tail < settings.target() / 5 && last + tail <= settings.most()) {
            ends.remove(ends.size() - 2);
        }
    }
}
