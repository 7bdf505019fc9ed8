package io.zhiwen.ingest.store;

/// The base is searched in another space than it was when this version was begun: its vectors are
/// of no use any more, and the work begins again.
public final class OtherSpace extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public OtherSpace(Attempt attempt) {
        super(attempt + " has vectors of a space that its base is not searched in any more");
    }
}
