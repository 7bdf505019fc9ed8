/// Here is what was understood of a document, give me what speaks against showing it to readers
/// before somebody has looked at it.
@NullMarked
package io.zhiwen.ingest.doubt;

import org.jspecify.annotations.NullMarked;
