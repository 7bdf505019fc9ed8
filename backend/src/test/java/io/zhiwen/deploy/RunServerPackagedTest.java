package io.zhiwen.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.journey.Rest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `./run server` as somebody types it, on the packaged application, with the database it finds.
class RunServerPackagedTest {

    private static final Path RUN = Path.of("..", "run").toAbsolutePath().normalize();

    /// Its presence tells `./run` that there is nothing to build.
    private static final Path BUILT = Path.of("target", "app", "built");

    @TempDir Path folder;
    private boolean marked;

    @BeforeEach
    void markAsBuilt() throws IOException {
        marked = !Files.exists(BUILT);
        if (marked) {
            Files.createFile(BUILT);
        }
    }

    @AfterEach
    void unmark() throws IOException {
        if (marked) {
            Files.delete(BUILT);
        }
    }

    @Test
    void itKeepsWhatItWasGivenOverAKillAndStopsTheDatabaseWithItself() throws Exception {
        String base;
        try (Launched zhiwen = start()) {
            assertThat(zhiwen.output())
                    .contains("Database: ", "rather than a server of yours: ZHIWEN_DB_URL");
            Rest rest = new Rest(zhiwen.url(), key());
            base = rest.createBase("Handbook");
            rest.upload(base, "leave.md", "# Leave\n\n21 days of annual leave.".getBytes(UTF_8));
            assertThat(rest.settled(base, Duration.ofMinutes(2)))
                    .allMatch(document -> document.get("status").asString().equals("ready"));
            zhiwen.kill();
        }
        assertThat(ProcessHandle.of(databaseProcess())).as("left behind").isPresent();
        try (Launched zhiwen = start()) {
            assertThat(zhiwen.output())
                    .contains("Stopping the database that a killed Zhiwen left running");
            Rest rest = new Rest(zhiwen.url(), key());
            assertThat(rest.search(base, "annual leave", 3)).isNotEmpty();
        }
        assertThat(folder.resolve("data/postgres/installed/postmaster.pid"))
                .as("a database that runs has one")
                .doesNotExist();
    }

    @Test
    void aFolderOfOneModeIsNotBegunAnewInTheOther() throws Exception {
        Files.createDirectories(folder.resolve("data/postgres/cluster"));
        Process refused = launch(new ArrayList<>(List.of("server"))).start();
        String said = new String(refused.getErrorStream().readAllBytes(), UTF_8);
        assertThat(refused.waitFor()).isNotZero();
        assertThat(said).contains("./run server --data DIR", "./run export");
    }

    private Launched start() throws Exception {
        int port = Launched.freePort();
        return Launched.start(
                List.of(RUN.toString(), "server", "--port", Integer.toString(port)),
                Map.of("ZHIWEN_DATA", folder.resolve("data").toString()),
                port,
                folder.resolve("log-" + port));
    }

    private String key() throws IOException, InterruptedException {
        Process key = launch(new ArrayList<>(List.of("server", "key", "test"))).start();
        String printed = new String(key.getInputStream().readAllBytes(), UTF_8).strip();
        assertThat(key.waitFor()).isZero();
        return printed;
    }

    private ProcessBuilder launch(List<String> arguments) {
        arguments.addFirst(RUN.toString());
        ProcessBuilder builder = new ProcessBuilder(arguments);
        builder.environment().keySet().removeIf(name -> name.startsWith("ZHIWEN_DB"));
        builder.environment().put("ZHIWEN_DATA", folder.resolve("data").toString());
        return builder;
    }

    private long databaseProcess() throws IOException {
        return Long.parseLong(
                Files.readAllLines(folder.resolve("data/postgres/installed/postmaster.pid"))
                        .getFirst()
                        .strip());
    }
}
