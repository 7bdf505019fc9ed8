package io.zhiwen.conversation;

import java.util.UUID;

/// A chat answers one question at a time.
public final class AnswerAlreadyRunning extends RuntimeException {

    private static final long serialVersionUID = 1L;

    AnswerAlreadyRunning(UUID conversation) {
        super("conversation " + conversation + " is still answering");
    }
}
