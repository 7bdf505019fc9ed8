/// Here are files for a knowledge base, keep them, work on them and say how it goes.
@NullMarked
package io.zhiwen.library;

import org.jspecify.annotations.NullMarked;
