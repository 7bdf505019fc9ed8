/// Addresses that are told what happens: documents that became ready or failed, questions without
/// an answer.
@NullMarked
package io.zhiwen.webhook;

import org.jspecify.annotations.NullMarked;
