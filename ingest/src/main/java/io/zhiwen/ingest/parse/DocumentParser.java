package io.zhiwen.ingest.parse;

import io.zhiwen.ingest.upload.SourceFile;

/// Turns a file into blocks. Safe for concurrent use; may wait for a free worker.
public interface DocumentParser {

    /// @throws UnreadableDocument when there is nothing to index; the reason is for the uploader
    /// @throws InterruptedException when the caller gave up waiting; the worker is stopped
    ParsedDocument parse(SourceFile file) throws UnreadableDocument, InterruptedException;

    /// The same, and the files inside of it go to `parts` before this returns.
    default ParsedDocument parse(SourceFile file, PartSink parts)
            throws UnreadableDocument, InterruptedException {
        return parse(file);
    }
}
