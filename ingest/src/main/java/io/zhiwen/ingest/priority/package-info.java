/// Who goes first where people ask while files are read: they do. Knows nobody; every stage may ask
/// it.
@NullMarked
package io.zhiwen.ingest.priority;

import org.jspecify.annotations.NullMarked;
