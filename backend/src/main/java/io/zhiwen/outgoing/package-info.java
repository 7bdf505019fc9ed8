/// Here is an address that somebody gave, give me what it answers, and nothing of this network.
/// Every connection to a place that people name on a page goes through here.
@NullMarked
package io.zhiwen.outgoing;

import org.jspecify.annotations.NullMarked;
