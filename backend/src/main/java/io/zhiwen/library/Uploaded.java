package io.zhiwen.library;

/// What an upload came to.
public record Uploaded(DocumentRow document, Result result) {

    /// What the file is now.
    public enum Result {
        /// A document of its own.
        CREATED,
        /// The next version of a document with its name.
        VERSION,
        /// What was there already: the same bytes. Nothing is done again.
        UNCHANGED
    }
}
