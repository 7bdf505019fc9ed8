/// Here is a folder of a mailbox, give me its messages with all that is attached to them.
@NullMarked
package io.zhiwen.source.mail;

import org.jspecify.annotations.NullMarked;
