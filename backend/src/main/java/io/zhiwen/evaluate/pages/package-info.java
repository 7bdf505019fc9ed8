/// Here is an installation of a company's size, say how long its pages take.
@NullMarked
package io.zhiwen.evaluate.pages;

import org.jspecify.annotations.NullMarked;
