package io.zhiwen.ask.retrieve;

/// Nothing can be searched now, or too much is searched already. It says nothing about what there
/// is to find: ask again soon.
public final class SearchUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1;

    public SearchUnavailable(String message) {
        super(message);
    }
}
