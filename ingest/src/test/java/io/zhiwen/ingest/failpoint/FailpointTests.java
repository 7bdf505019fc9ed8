package io.zhiwen.ingest.failpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FailpointTests {

    /// A process that passes two points three times each.
    public static final class Walk {
        private Walk() {}

        public static void main(String[] arguments) {
            for (int i = 0; i < 3; i++) {
                Failpoint.AFTER_CLAIM.pass();
                Failpoint.AFTER_PARSE.pass();
                System.out.print(i);
            }
        }
    }

    @Test
    void onlyTheNamedPointKillsAndOnlyAtTheNamedPass() throws Exception {
        assertThat(walk("-Dzhiwen.failpoint=after-parse:2")).isEqualTo("0 137");
        assertThat(walk("-Dzhiwen.failpoint=after-claim")).isEqualTo(" 137");
        assertThat(walk("-Dzhiwen.failpoint=mid-delete:1")).isEqualTo("012 0");
    }

    @Test
    void withoutThePropertyNothingHappens() throws Exception {
        assertThat(walk()).isEqualTo("012 0");
    }

    @Test
    void aMisspeltPointIsNoSilentSuccess() throws Exception {
        assertThat(walk("-Dzhiwen.failpoint=after-lunch:1")).isEqualTo(" 1");
    }

    private static String walk(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.add(Walk.class.getName());
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String printed = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return printed + " " + process.exitValue();
    }
}
