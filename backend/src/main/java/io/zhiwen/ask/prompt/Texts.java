package io.zhiwen.ask.prompt;

import io.zhiwen.ingest.upload.DocumentId;
import java.util.Optional;

/// The whole text of a document's version, for passages to grow in; chunk spans count in it.
@FunctionalInterface
public interface Texts {

    Optional<String> of(DocumentId document, int version);
}
