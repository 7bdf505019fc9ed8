package io.zhiwen.operate;

import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/// Says in Spring Boot's words what Zhiwen's settings for operators mean, early enough for the
/// first line of the log.
public final class OperateEnvironment implements EnvironmentPostProcessor {

    static final String ENDPOINT = "zhiwen.telemetry.otlp-endpoint";
    private static final String STANDARD_ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";

    @Override
    public void postProcessEnvironment(
            ConfigurableEnvironment environment, SpringApplication application) {
        var told = Binder.get(environment);
        Map<String, Object> means = new HashMap<>();
        var log = told.bindOrCreate("zhiwen.log", LogSettings.class);
        if (log.format() == LogSettings.Format.JSON) {
            means.put("logging.structured.format.console", "ecs");
        }
        var telemetry = told.bindOrCreate("zhiwen.telemetry", TelemetrySettings.class);
        var standard = environment.getProperty(STANDARD_ENDPOINT, "");
        if (!telemetry.isOn() && !standard.isBlank()) {
            telemetry = new TelemetrySettings(standard);
            means.put(ENDPOINT, standard);
        }
        means.put("management.otlp.metrics.export.enabled", telemetry.isOn());
        if (telemetry.isOn()) {
            means.put(
                    "management.otlp.metrics.export.url", telemetry.otlpEndpoint() + "/v1/metrics");
        }
        environment.getPropertySources().addFirst(new MapPropertySource("zhiwen operate", means));
    }
}
