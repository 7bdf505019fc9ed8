package io.zhiwen.source.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchedTreeTest {

    @TempDir Path root;

    @Test
    void aChangeInAFolderThatIsItselfNewIsToldOnceItHasComeToRest() throws Exception {
        try (var tree = WatchedTree.of(root)) {
            assertThat(tree.hasSettledAfterChange()).isFalse();
            Path made = Files.createDirectories(root.resolve("2026"));
            assertThat(tells(tree)).isTrue();
            assertThat(tree.hasSettledAfterChange()).isFalse();
            Files.writeString(made.resolve("plan.txt"), "plan");
            assertThat(tells(tree)).isTrue();
        }
    }

    private static boolean tells(WatchedTree tree) throws InterruptedException {
        for (int i = 0; i < 6000; i++) {
            if (tree.hasSettledAfterChange()) {
                return true;
            }
            Thread.sleep(10);
        }
        return false;
    }
}
