package io.zhiwen.ask.stream;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import org.jspecify.annotations.Nullable;

/// A streaming chat model that can be cancelled before its first token. Safe for concurrent use.
interface CancellableModel extends StreamingChatModel, AutoCloseable {

    /// Returns at once. The handler gets pieces and then exactly one of `onCompleteResponse` and
    /// `onError`, one call at a time; nothing after a cancel.
    ///
    /// @param seed null for none
    StreamingHandle start(
            ChatRequest request, @Nullable Long seed, StreamingChatResponseHandler handler);

    @Override
    void close();

    @Override
    default void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
        start(request, null, handler);
    }
}
