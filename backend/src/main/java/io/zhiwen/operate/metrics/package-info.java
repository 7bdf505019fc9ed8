/// Here is what the stages and the database tell, count it under names that stay
/// (backend/docs/metrics.md lists them). The only package that sees Micrometer.
@NullMarked
package io.zhiwen.operate.metrics;

import org.jspecify.annotations.NullMarked;
