/// Here is the address of a Git repository, give me the files of one branch as they are there now.
@NullMarked
package io.zhiwen.source.git;

import org.jspecify.annotations.NullMarked;
