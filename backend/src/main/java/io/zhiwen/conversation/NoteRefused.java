package io.zhiwen.conversation;

/// A note that cannot be kept; the code names why, the limit is what is allowed.
public final class NoteRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final int limit;

    NoteRefused(String code, int limit) {
        super("a note is refused: " + code + ", " + limit);
        this.code = code;
        this.limit = limit;
    }

    public String code() {
        return code;
    }

    public int limit() {
        return limit;
    }
}
