package io.zhiwen.operate;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Where traces and metrics are sent by OTLP over HTTP.
///
/// @param otlpEndpoint base address of a collector, e.g. `http://collector:4318`; empty for
/// nowhere. The standard `OTEL_EXPORTER_OTLP_ENDPOINT` counts too.
@ConfigurationProperties("zhiwen.telemetry")
public record TelemetrySettings(@DefaultValue("") String otlpEndpoint) {

    public TelemetrySettings {
        otlpEndpoint = otlpEndpoint.strip().replaceFirst("/+$", "");
    }

    public boolean isOn() {
        return !otlpEndpoint.isEmpty();
    }
}
