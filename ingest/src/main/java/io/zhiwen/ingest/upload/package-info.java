/// Here are bytes and a name, give me a source file kept for ever under its hash, or say why not.
@NullMarked
package io.zhiwen.ingest.upload;

import org.jspecify.annotations.NullMarked;
