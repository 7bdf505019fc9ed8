package io.zhiwen.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The wall clock of one process, wrong by what a file says and free to jump; made by libfaketime
/// where that is installed.
final class SkewedClock {

    private static final Optional<Path> LIBRARY =
            Stream.of("x86_64-linux-gnu", "aarch64-linux-gnu")
                    .map(arch -> Path.of("/usr/lib", arch, "faketime", "libfaketime.so.1"))
                    .filter(Files::isRegularFile)
                    .findFirst();

    private final Path file;

    private SkewedClock(Path file) {
        this.file = file;
    }

    static boolean isPossible() {
        assertThat(LIBRARY.isPresent() || !"true".equals(System.getenv("CI")))
                .as("libfaketime, which ./test installs")
                .isTrue();
        return LIBRARY.isPresent();
    }

    /// @param offset as libfaketime reads it: `+10m`, `-10m`
    static SkewedClock in(Path file, String offset) throws IOException {
        SkewedClock clock = new SkewedClock(file);
        clock.jump(offset);
        return clock;
    }

    /// Within a second.
    void jump(String offset) throws IOException {
        Files.writeString(file, offset + "\n");
    }

    /// For the process: intervals stay true, and the times of files, by which a cache of classes is
    /// known; only the time of day is wrong. Without the last one the timed waits of a JVM on a
    /// current glibc return at once, and it spins.
    Map<String, String> environment() {
        return Map.of(
                "LD_PRELOAD", LIBRARY.orElseThrow().toString(),
                "FAKETIME_TIMESTAMP_FILE", file.toString(),
                "FAKETIME_CACHE_DURATION", "1",
                "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                "NO_FAKE_STAT", "1",
                "FAKETIME_FORCE_MONOTONIC_FIX", "0");
    }
}
