package io.zhiwen.operate.telemetry;

import io.zhiwen.operate.TelemetrySettings;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/// Whether a collector is named.
final class OnTelemetry implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        return Binder.get(context.getEnvironment())
                .bindOrCreate("zhiwen.telemetry", TelemetrySettings.class)
                .isOn();
    }
}
