/// Here is a clean document, give me something short by which it can be compared with all others,
/// so that the copies and the versions of one text find each other.
@NullMarked
package io.zhiwen.ingest.likeness;

import org.jspecify.annotations.NullMarked;
