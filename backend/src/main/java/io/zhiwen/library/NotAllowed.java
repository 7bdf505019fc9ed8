package io.zhiwen.library;

/// The principal may see it but not change it.
public final class NotAllowed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NotAllowed(String who, String what) {
        super(who + " may not " + what);
    }
}
