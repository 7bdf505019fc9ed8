package io.zhiwen.source.place;

import java.io.IOException;

/// A thing is there and not brought, this time.
public final class LeftOut extends IOException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /// @param detail in English, for the details of a report
    public LeftOut(Reason reason, String detail) {
        super(detail);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }
}
