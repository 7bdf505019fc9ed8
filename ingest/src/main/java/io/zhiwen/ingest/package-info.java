/// Here is an accepted upload, make it findable: the stages below, called in order.
@NullMarked
package io.zhiwen.ingest;

import org.jspecify.annotations.NullMarked;
