package io.zhiwen.ingest.embed;

import java.util.Arrays;

/// A vocabulary of word beginnings and of continuations (`##ing`), one open-addressed table for
/// both trees. Filled once, then safe for concurrent use.
final class PieceTrie {

    private static final int BEGINNING = 0;
    private static final int CONTINUATION = 1;
    private static final int NONE = -1;

    private long[] keys = new long[1 << 16];
    private int[] children = new int[1 << 16];
    private int[] ids = new int[1 << 15];
    private int nodes = 2;
    private int size;

    PieceTrie() {
        Arrays.fill(keys, NONE);
        Arrays.fill(ids, NONE);
    }

    int size() {
        return size;
    }

    void put(String piece, int id) {
        boolean continues = piece.startsWith("##") && piece.length() > 2;
        int node = continues ? CONTINUATION : BEGINNING;
        for (int i = continues ? 2 : 0; i < piece.length(); i++) {
            node = childOrNew(node, piece.charAt(i));
        }
        ids[node] = id;
        size++;
    }

    /// The longest piece that `word` has at `from`, as `end` and `id` read it; its end is `from`
    /// where there is none.
    long longest(char[] word, int from, int to, boolean continues) {
        int node = continues ? CONTINUATION : BEGINNING;
        int bestEnd = from;
        int bestId = 0;
        for (int i = from; i < to; i++) {
            node = child(node, word[i]);
            if (node == NONE) {
                break;
            }
            if (ids[node] != NONE) {
                bestEnd = i + 1;
                bestId = ids[node];
            }
        }
        return ((long) bestEnd << 32) | bestId;
    }

    static int end(long match) {
        return (int) (match >>> 32);
    }

    static int id(long match) {
        return (int) match;
    }

    private int child(int node, char c) {
        long key = ((long) node << 16) | c;
        int mask = keys.length - 1;
        int at = slot(key) & mask;
        while (keys[at] != key) {
            if (keys[at] == NONE) {
                return NONE;
            }
            at = (at + 1) & mask;
        }
        return children[at];
    }

    private int childOrNew(int node, char c) {
        int known = child(node, c);
        if (known != NONE) {
            return known;
        }
        if (nodes * 2 > keys.length) {
            grow();
        }
        if (nodes == ids.length) {
            ids = Arrays.copyOf(ids, nodes * 2);
            Arrays.fill(ids, nodes, nodes * 2, NONE);
        }
        insert(((long) node << 16) | c, nodes);
        return nodes++;
    }

    private void insert(long key, int value) {
        int mask = keys.length - 1;
        int at = slot(key) & mask;
        while (keys[at] != NONE) {
            at = (at + 1) & mask;
        }
        keys[at] = key;
        children[at] = value;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldChildren = children;
        keys = new long[oldKeys.length * 2];
        children = new int[keys.length];
        Arrays.fill(keys, NONE);
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != NONE) {
                insert(oldKeys[i], oldChildren[i]);
            }
        }
    }

    private static int slot(long key) {
        return (int) ((key * 0x9E3779B97F4A7C15L) >>> 40);
    }
}
