/// Here is a folder of this machine, or one mounted on it, give me its files.
@NullMarked
package io.zhiwen.source.folder;

import org.jspecify.annotations.NullMarked;
