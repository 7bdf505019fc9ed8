/// Here is a clean document, give me passages small enough to search and exact enough to cite.
@NullMarked
package io.zhiwen.ingest.chunk;

import org.jspecify.annotations.NullMarked;
