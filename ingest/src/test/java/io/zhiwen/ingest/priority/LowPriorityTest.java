package io.zhiwen.ingest.priority;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class LowPriorityTest {

    /// Of `/proc/thread-self/stat`, counted from behind the name.
    private static final int NICE_FIELD = 16;

    @Test
    void onlyTheThreadsItMakesAreNicerThanOthers() {
        int mine = nice();
        var theirs = new CompletableFuture<Integer>();
        LowPriority.threads("low-").newThread(() -> theirs.complete(nice())).start();
        assertThat(theirs.join()).isEqualTo(Math.max(mine, LowPriority.NICE));
        assertThat(nice()).isEqualTo(mine);
    }

    private static int nice() {
        try {
            String stat = Files.readString(Path.of("/proc/thread-self/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return Integer.parseInt(fields[NICE_FIELD]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
