/// Here is what the stages tell, send it to an OpenTelemetry collector as traces; nothing runs when
/// no collector is named. The only package that sees OpenTelemetry.
@NullMarked
package io.zhiwen.operate.telemetry;

import org.jspecify.annotations.NullMarked;
