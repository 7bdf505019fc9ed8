package io.zhiwen.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.ingest.failpoint.Failpoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// `./run faults`: one installation after the other, each killed at all fourteen points and at
/// random times between them, until the time is up.
@EnabledIfSystemProperty(named = "zhiwen.faults.minutes", matches = "\\d+")
class LongFaultsTest {

    private static final int RANDOM_KILLS = 6;

    @TempDir Path folder;

    @Test
    void nothingIsEverLost() throws Exception {
        long first = Seeds.next();
        Instant end = Instant.now().plus(Duration.ofMinutes(Long.getLong("zhiwen.faults.minutes")));
        Summary summary = new Summary();
        for (long seed = first; Instant.now().isBefore(end); seed++) {
            Path own = Files.createDirectories(folder.resolve("run" + seed));
            List<String> before = summary.violations();
            try (KillRun run = KillRun.start(own, seed, summary, Map.of())) {
                for (Failpoint point : order(new Random(seed))) {
                    if (point == null) {
                        run.dieAnyTime();
                    } else {
                        run.dieAt(point);
                    }
                }
                run.end();
            }
            System.out.println("seed " + seed + summary);
            if (!summary.violations().equals(before)) {
                System.out.println(String.join("\n", summary.violations()));
            }
        }
        assertThat(summary.violations()).isEmpty();
    }

    /// Null for a random time.
    private static List<Failpoint> order(Random random) {
        List<Failpoint> all = new ArrayList<>(KillRun.shuffled(random));
        for (int i = 0; i < RANDOM_KILLS; i++) {
            all.add(random.nextInt(all.size() + 1), null);
        }
        return all;
    }
}
