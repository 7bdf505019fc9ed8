/// Vectors searched where they are kept: PostgreSQL with the extension pgvector. A row is written
/// in the transaction that keeps its vector, so every node finds the same at once; nothing follows.
/// The only package that knows pgvector.
@NullMarked
package io.zhiwen.ingest.index.pgvector;

import org.jspecify.annotations.NullMarked;
