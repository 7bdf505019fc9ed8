package io.zhiwen.evaluate.profile;

import io.zhiwen.ask.retrieve.Calibration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/// A calibration as `./run evaluate --fit` writes it, and as REST and the page of profiles take it.
public final class CalibrationFile {

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build();

    private CalibrationFile() {}

    public static String written(Calibration calibration) {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(calibration);
    }

    /// @throws ProfileRefused when the text is no calibration
    public static Calibration read(String text) {
        try {
            Calibration read = JSON.readValue(text, Calibration.class);
            if (read != null) {
                return read;
            }
        } catch (JacksonException e) {
            throw ProfileRefused.calibration(e);
        }
        throw ProfileRefused.calibration(null);
    }
}
