/// Here is a question, give me what a table says to it, computed by the database, or nothing when
/// that is not sure.
@NullMarked
package io.zhiwen.ask.table;

import org.jspecify.annotations.NullMarked;
