/// Here is text, give me unit vectors: one for the whole, or one for each token.
@NullMarked
package io.zhiwen.ingest.embed;

import org.jspecify.annotations.NullMarked;
