/// Here is what someone typed, give me a question that stands alone, with its language and the
/// scope it may search.
@NullMarked
package io.zhiwen.ask.question;

import org.jspecify.annotations.NullMarked;
