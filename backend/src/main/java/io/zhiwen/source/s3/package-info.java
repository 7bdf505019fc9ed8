/// Here is a bucket of an S3-compatible store, give me the objects below a prefix.
@NullMarked
package io.zhiwen.source.s3;

import org.jspecify.annotations.NullMarked;
