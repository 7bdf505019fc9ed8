/// Here is a running node, tell whoever looks after it how it is: whether it lives and is ready,
/// how long the line is, what fails and why, how full the disk is. `metrics` counts for
/// Prometheus, `telemetry` traces for OpenTelemetry; both only listen.
@NullMarked
package io.zhiwen.operate;

import org.jspecify.annotations.NullMarked;
