package io.zhiwen.conversation;

import java.util.UUID;

/// A chat that is not there, or not this user's: the two look the same.
public final class NoSuchConversation extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NoSuchConversation(UUID id) {
        super("no conversation " + id);
    }
}
