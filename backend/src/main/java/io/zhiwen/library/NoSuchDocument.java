package io.zhiwen.library;

import io.zhiwen.ingest.upload.DocumentId;

/// A document that is not there, or not for this reader: the two look the same.
public final class NoSuchDocument extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NoSuchDocument(DocumentId id) {
        super("no document " + id);
    }
}
