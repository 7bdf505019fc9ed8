/// Here are published chunks, give me those whose words or vectors are nearest to a question,
/// inside the bases it may search.
@NullMarked
package io.zhiwen.ingest.index.lucene;

import org.jspecify.annotations.NullMarked;
