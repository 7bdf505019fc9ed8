/// Here is someone at the door, say who they are and what they may read.
@NullMarked
package io.zhiwen.account;

import org.jspecify.annotations.NullMarked;
