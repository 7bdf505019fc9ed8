package io.zhiwen.source;

/// Absent, or not this principal's to know of: both look the same.
public final class NoSuchSource extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NoSuchSource(SourceId id) {
        super("no source " + id);
    }
}
