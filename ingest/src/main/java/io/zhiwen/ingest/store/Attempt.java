package io.zhiwen.ingest.store;

import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;

/// A worker's right to write one version of a document. It ends as soon as another worker takes the
/// version, or someone cancels or deletes it.
///
/// @param number the fencing token: only the version's highest counts
public record Attempt(DocumentId document, KnowledgeBaseId base, int version, int number) {}
