/// Here is a browser, show it pages and give its scripts what they ask for.
@NullMarked
package io.zhiwen.pages;

import org.jspecify.annotations.NullMarked;
