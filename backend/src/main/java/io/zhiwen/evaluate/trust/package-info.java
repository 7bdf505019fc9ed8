/// Here are questions with their answers, give me how far answers can be trusted: how well the
/// check of citations tells what passages say from what they do not, and how often the extractive
/// engine shows the answer.
@NullMarked
package io.zhiwen.evaluate.trust;

import org.jspecify.annotations.NullMarked;
