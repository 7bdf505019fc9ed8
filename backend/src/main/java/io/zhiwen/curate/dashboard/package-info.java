/// What was asked and how it went, over time: for those who keep a base good.
@NullMarked
package io.zhiwen.curate.dashboard;

import org.jspecify.annotations.NullMarked;
