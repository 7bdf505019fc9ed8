/// Here is one process among several on one database, give me its name and role, a clock all of
/// them share, word of what the others commit, and who is alive.
@NullMarked
package io.zhiwen.node;

import org.jspecify.annotations.NullMarked;
