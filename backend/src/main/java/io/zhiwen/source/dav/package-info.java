/// Here is the address of a folder on a WebDAV server, give me the files in it and in those below.
@NullMarked
package io.zhiwen.source.dav;

import org.jspecify.annotations.NullMarked;
