/// Journeys through the real product: a process of its own, driven from outside as its users would.
@NullMarked
package io.zhiwen.journey;

import org.jspecify.annotations.NullMarked;
