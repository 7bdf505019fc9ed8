package io.zhiwen.ingest.embed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxRuntimeTest {

    /// Opens the encoders in a process of its own.
    static final class Opens {
        public static void main(String[] arguments) {
            try (Encoders encoders = BundledEncoders.open()) {
                System.out.println("dimension " + encoders.english().embed("leave").length);
            }
        }
    }

    @Test
    void neitherReportsToItsMakerNorCrashesUnderALongCommandLine(@TempDir Path home)
            throws Exception {
        ProcessBuilder process =
                new ProcessBuilder(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-Dlong=" + "x".repeat(20_000),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Opens.class.getName()));
        process.environment().remove("ORT_DISABLE_TELEMETRY");
        process.environment().put("HOME", home.toString());
        process.environment().put("XDG_CACHE_HOME", home.resolve("cache").toString());
        process.redirectError(ProcessBuilder.Redirect.DISCARD);
        Path output = home.resolve("output");
        process.redirectOutput(output.toFile());
        Process started = process.start();
        try {
            assertThat(started.waitFor(120, TimeUnit.SECONDS)).isTrue();
            assertThat(started.exitValue()).isZero();
            assertThat(Files.readString(output)).contains("dimension 384");
            assertThat(home.resolve("cache")).doesNotExist();
            assertThat(home.resolve(".cache")).doesNotExist();
        } finally {
            started.destroyForcibly();
        }
    }
}
