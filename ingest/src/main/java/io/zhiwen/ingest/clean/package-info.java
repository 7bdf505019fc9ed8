/// Here is a parsed document, give me the same without running headers, hyphenation and other
/// noise.
@NullMarked
package io.zhiwen.ingest.clean;

import org.jspecify.annotations.NullMarked;
