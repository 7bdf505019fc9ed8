package io.zhiwen.ingest.store;

/// The worker is no longer the one that may write this version: whatever it has made is void.
public final class AttemptLost extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public AttemptLost(Attempt attempt) {
        super(attempt + " is no longer the one");
    }
}
