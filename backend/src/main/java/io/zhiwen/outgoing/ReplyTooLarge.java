package io.zhiwen.outgoing;

import java.io.IOException;

/// The other side sent more than was allowed.
public final class ReplyTooLarge extends IOException {

    private static final long serialVersionUID = 1L;

    public ReplyTooLarge(long most) {
        super("more than " + most + " bytes");
    }
}
