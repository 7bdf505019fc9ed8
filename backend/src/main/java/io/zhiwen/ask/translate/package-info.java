/// Here is a question, give me its words in the other language.
@NullMarked
package io.zhiwen.ask.translate;

import org.jspecify.annotations.NullMarked;
