package io.zhiwen.ask.stream;

/// Keeps `<think>...</think>` at the beginning of a model's text apart from its answer, however the
/// text is split. Some servers swallow the opening tag: a closing one then says that all before it
/// was thinking. For one thread at a time.
final class ThinkTags {

    /// Where the pieces go.
    interface Sink {
        void text(String piece);

        void thinking(String piece);

        /// All text given so far was thinking.
        void textWasThinking();
    }

    private static final String OPEN = "<think>";
    private static final String CLOSE = "</think>";

    private enum State {
        START,
        THINKING,
        AFTER,
        ANSWER
    }

    private final Sink sink;
    private final StringBuilder held = new StringBuilder();
    private State state = State.START;
    private boolean closed;

    ThinkTags(Sink sink) {
        this.sink = sink;
    }

    void feed(String piece) {
        held.append(piece);
        while (step()) {
            // until nothing more can be decided
        }
    }

    void end() {
        if (state == State.THINKING) {
            give(held.length());
        } else if (!held.isEmpty()) {
            state = State.ANSWER;
            give(held.length());
        }
    }

    private boolean step() {
        return switch (state) {
            case START -> start();
            case THINKING -> until(CLOSE, State.AFTER);
            case AFTER -> after();
            case ANSWER -> answer();
        };
    }

    /// Nothing but space so far, perhaps the beginning of a tag.
    private boolean start() {
        int space = leadingSpace();
        String rest = held.substring(space);
        if (rest.startsWith(OPEN)) {
            held.delete(0, space + OPEN.length());
            state = State.THINKING;
            return true;
        }
        if (rest.isEmpty() || OPEN.startsWith(rest)) {
            return false;
        }
        state = State.ANSWER;
        return true;
    }

    private boolean after() {
        held.delete(0, leadingSpace());
        if (held.isEmpty()) {
            return false;
        }
        closed = true;
        state = State.ANSWER;
        return true;
    }

    private boolean answer() {
        int at = closed ? -1 : held.indexOf(CLOSE);
        if (at < 0) {
            give(held.length() - (closed ? 0 : tail(CLOSE)));
            return false;
        }
        give(at);
        held.delete(0, CLOSE.length());
        sink.textWasThinking();
        state = State.AFTER;
        return true;
    }

    private boolean until(String tag, State next) {
        int at = held.indexOf(tag);
        if (at < 0) {
            give(held.length() - tail(tag));
            return false;
        }
        give(at);
        held.delete(0, tag.length());
        state = next;
        return true;
    }

    private void give(int length) {
        if (length > 0) {
            String piece = held.substring(0, length);
            held.delete(0, length);
            if (state == State.THINKING) {
                sink.thinking(piece);
            } else {
                sink.text(piece);
            }
        }
    }

    private int leadingSpace() {
        int space = 0;
        while (space < held.length() && Character.isWhitespace(held.charAt(space))) {
            space++;
        }
        return space;
    }

    /// How many characters at the end may be the beginning of the tag.
    private int tail(String tag) {
        for (int length = Math.min(tag.length() - 1, held.length()); length > 0; length--) {
            if (tag.startsWith(held.substring(held.length() - length))) {
                return length;
            }
        }
        return 0;
    }
}
