package io.zhiwen.account;

/// The principal may not do this, and may know that it exists.
public final class NotAllowed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NotAllowed(String what) {
        super(what);
    }

    /// Passes admins and full keys only.
    public static void unlessAdmin(Principal principal, String what) {
        if (!principal.isAdmin()) {
            throw new NotAllowed(what);
        }
    }
}
