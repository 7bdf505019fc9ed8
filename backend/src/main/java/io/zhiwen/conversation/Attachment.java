package io.zhiwen.conversation;

/// A reader of a running answer. Its events come on a thread of its own, all of them from the
/// first, and end with the last; a consumer that throws is detached.
public interface Attachment extends AutoCloseable {

    /// Leaves; the answer goes on without this reader, for a while also without any.
    @Override
    void close();

    /// Waits until this reader has had its last event or has left.
    void await() throws InterruptedException;
}
