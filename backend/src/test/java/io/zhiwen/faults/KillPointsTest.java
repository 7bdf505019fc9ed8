package io.zhiwen.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.ingest.failpoint.Failpoint;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A few of the places where a crash hurts, and a random one; `./run faults` does all of them, many
/// times.
class KillPointsTest {

    private static final int POINTS = Integer.getInteger("zhiwen.faults.points", 1);

    @TempDir Path folder;

    @Test
    void whereverItDiesNothingIsLostNothingIsDoneTwiceAndNothingNeedsRepair() throws Exception {
        long seed = Seeds.next();
        Random random = new Random(seed);
        Summary summary = new Summary();
        List<Failpoint> points = KillRun.shuffled(random).subList(0, POINTS);
        try (KillRun run = KillRun.start(folder, seed, summary, Map.of())) {
            for (Failpoint point : points) {
                run.dieAt(point);
            }
            run.dieAnyTime();
            run.end();
            System.out.println(summary);
            assertThat(summary.violations()).as("seed %d%n%s", seed, run.slots()).isEmpty();
            assertThat(points)
                    .as("points that were reached")
                    .allSatisfy(point -> assertThat(summary.killsAt(point.key())).isOne());
        }
    }
}
