/// Here are published documents, make them searchable. Every index follows the change log and can
/// be rebuilt.
@NullMarked
package io.zhiwen.ingest.index;

import org.jspecify.annotations.NullMarked;
