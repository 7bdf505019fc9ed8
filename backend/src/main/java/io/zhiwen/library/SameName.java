package io.zhiwen.library;

/// What becomes of a file whose name a document in the same place has already.
public enum SameName {
    /// The next version of that document; readers find the old one until the new one is ready.
    VERSION,
    /// A document of its own beside it.
    KEEP,
    /// Nothing; whoever brought it is told.
    REFUSE
}
