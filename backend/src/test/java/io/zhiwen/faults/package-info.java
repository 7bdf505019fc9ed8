/// Here is the product as its users run it, break everything around it and count what is left: the
/// real processes, a database that can be killed and frozen, connections that can be cut, and a
/// journal of what was promised, kept outside.
@NullMarked
package io.zhiwen.faults;

import org.jspecify.annotations.NullMarked;
