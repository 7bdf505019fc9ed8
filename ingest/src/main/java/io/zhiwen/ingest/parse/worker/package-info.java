/// The other end of the pipe: a process of its own that knows every format. Only `Frames` and the
/// name of its main class are used in the main process.
@NullMarked
package io.zhiwen.ingest.parse.worker;

import org.jspecify.annotations.NullMarked;
