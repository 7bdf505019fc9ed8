/// Here is a place where a crash would hurt most, give it a name: what the fault tests make happen
/// there and nobody else does.
@NullMarked
package io.zhiwen.ingest.failpoint;

import org.jspecify.annotations.NullMarked;
