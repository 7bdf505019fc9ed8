/// Here is a clean document, give me its tables as data: columns with a kind and a unit, cells as
/// numbers, dates and words, so that what is asked of them can be computed.
@NullMarked
package io.zhiwen.ingest.table;

import org.jspecify.annotations.NullMarked;
