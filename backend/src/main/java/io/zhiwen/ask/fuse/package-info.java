/// Here are rankings, give me one that is no worse than the best of them.
@NullMarked
package io.zhiwen.ask.fuse;

import org.jspecify.annotations.NullMarked;
