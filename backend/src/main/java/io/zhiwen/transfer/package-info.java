/// Here is an installation, or one base of it: give me one file that holds all of it; and the other
/// way round. It is the backup too.
@NullMarked
package io.zhiwen.transfer;

import org.jspecify.annotations.NullMarked;
