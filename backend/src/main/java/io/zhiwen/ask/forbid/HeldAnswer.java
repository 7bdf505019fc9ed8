package io.zhiwen.ask.forbid;

import org.jspecify.annotations.Nullable;

/// Lets an answer that streams out sentence by sentence, each once it was held against what is
/// forbidden; nothing any more after the first that is. For one thread.
public final class HeldAnswer {

    private static final String NARROW_ENDS = ".!?";
    private static final String WIDE_ENDS = "。！？；\n";

    /// As far back as words may reach over sentences.
    private static final int BACK = 1_000;

    private final Guard guard;
    private final StringBuilder let = new StringBuilder();
    private final StringBuilder held = new StringBuilder();
    private @Nullable Hit hit;

    public HeldAnswer(Guard guard) {
        this.guard = guard;
    }

    /// What may be said now.
    public String feed(String piece) {
        if (guard.isEmpty()) {
            return piece;
        }
        held.append(piece);
        int end = held.length();
        while (end > 0 && !isEnd(end)) {
            end--;
        }
        return release(end);
    }

    /// The rest.
    public String end() {
        return release(held.length());
    }

    /// The rule it came upon.
    public @Nullable Hit hit() {
        return hit;
    }

    /// A dot or a narrow sign ends a sentence only before a space: it may be a number or a name.
    private boolean isEnd(int end) {
        char last = held.charAt(end - 1);
        return WIDE_ENDS.indexOf(last) >= 0
                || (last == ' ' && end > 1 && NARROW_ENDS.indexOf(held.charAt(end - 2)) >= 0);
    }

    private String release(int end) {
        if (hit != null || end == 0) {
            return "";
        }
        String piece = held.substring(0, end);
        held.delete(0, end);
        String before = let.substring(Math.max(0, let.length() - BACK));
        hit = guard.words(before + piece).or(() -> guard.forbids(piece)).orElse(null);
        if (hit != null) {
            return "";
        }
        let.append(piece);
        return piece;
    }
}
