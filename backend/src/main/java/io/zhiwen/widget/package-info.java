/// Chats on other pages: a public key for asking, and the sites that may show it.
@NullMarked
package io.zhiwen.widget;

import org.jspecify.annotations.NullMarked;
