package io.zhiwen.library;

import io.zhiwen.ingest.upload.DocumentId;

/// A file was not taken, because a document in the same place has its name and other bytes.
public final class DocumentExists extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient DocumentId document;

    DocumentExists(DocumentId document) {
        super("a document of this name is there: " + document);
        this.document = document;
    }

    public DocumentId document() {
        return document;
    }
}
