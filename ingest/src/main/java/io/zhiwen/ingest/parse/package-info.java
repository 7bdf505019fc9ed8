/// Here is a source file, give me its blocks in reading order with pages and offsets, or the reason
/// it cannot be read. The only package that sees Tika; it runs in a worker process.
@NullMarked
package io.zhiwen.ingest.parse;

import org.jspecify.annotations.NullMarked;
