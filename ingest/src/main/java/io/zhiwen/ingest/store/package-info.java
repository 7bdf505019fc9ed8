/// Here are chunks and vectors, keep them: PostgreSQL is the only truth. A new version becomes
/// visible in one transaction.
@NullMarked
package io.zhiwen.ingest.store;

import org.jspecify.annotations.NullMarked;
