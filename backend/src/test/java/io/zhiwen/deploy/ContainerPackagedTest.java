package io.zhiwen.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.TestPostgres;
import io.zhiwen.ask.stream.LlamaServer;
import io.zhiwen.journey.Rest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Plays `docker compose up` without a container engine: the packaged application, started by the
/// image's own entry point in a read-only file system as a user without rights, beside a real
/// PostgreSQL with pgvector and a real llama-server.
class ContainerPackagedTest {

    private static final Path APP = Path.of("target", "app").toAbsolutePath();

    @TempDir Path folder;

    @Test
    void aQuestionIsAnsweredByTheModelFromAnUploadedFile() throws Exception {
        assumeRootOnLinux();
        String database = TestPostgres.urlOf(TestPostgres.freshWithPgvector());
        Path app = unpackNativeLibraries();
        int port = Launched.freePort();
        try (LlamaServer model = LlamaServer.start(folder, 2);
                Launched zhiwen =
                        Launched.start(
                                List.of(
                                        script().toString(),
                                        app.toString(),
                                        writable("data"),
                                        writable("originals"),
                                        "serve"),
                                Map.of(
                                        "ZHIWEN_DB_URL",
                                        database,
                                        "ZHIWEN_LLM_URL",
                                        model.url(),
                                        "ZHIWEN_LLM_KEY",
                                        LlamaServer.KEY,
                                        "ZHIWEN_PROMPT_CONTEXTTOKENS",
                                        "2048",
                                        "ZHIWEN_LLM_MAXTOKENS",
                                        "60"),
                                port,
                                folder.resolve("zhiwen.log"))) {
            assertThat(health(app, port)).isZero();
            assertThat(health(app, Launched.freePort())).isOne();
            assertThatItHasNoRights(zhiwen);

            Rest rest = new Rest(zhiwen.url(), key(app, database));
            String base = rest.createBase("Handbook");
            rest.upload(
                    base,
                    "leave.md",
                    "# Leave\n\nEvery employee has 21 days of annual leave.".getBytes(UTF_8));
            assertThat(rest.settled(base, Duration.ofMinutes(2)))
                    .as(zhiwen.output())
                    .allMatch(document -> document.get("status").asString().equals("ready"));
            assertThat(folder.resolve("originals")).isNotEmptyDirectory();
            JsonNode answer = answerOfTheModel(rest, base);
            assertThat(answer.get("engine").asString())
                    .as("%s%n%s", answer, zhiwen.output())
                    .isEqualTo("llm");
            assertThat(answer.get("refused").asBoolean()).isFalse();
        }
    }

    /// Its weights are random: what it says cites nothing, and now and then it says nothing at all.
    /// That it is asked, with its password, and heard is what counts.
    private static JsonNode answerOfTheModel(Rest rest, String base)
            throws IOException, InterruptedException {
        JsonNode answer = rest.ask(base, "How many days of annual leave are there?");
        for (int again = 0; again < 4 && !answer.get("engine").asString().equals("llm"); again++) {
            answer = rest.ask(base, "How many days of annual leave does every employee have?");
        }
        return answer;
    }

    private static void assertThatItHasNoRights(Launched zhiwen) throws IOException {
        for (ProcessHandle process : zhiwen.family()) {
            String status = Files.readString(Path.of("/proc", process.pid() + "", "status"));
            if (status.startsWith("Name:\tjava")) {
                assertThat(status)
                        .contains("Uid:\t10001\t10001\t10001\t10001", "NoNewPrivs:\t1")
                        .containsPattern("CapEff:\\s0+\n")
                        .containsPattern("CapBnd:\\s0+\n");
                return;
            }
        }
        throw new AssertionError("no java among " + zhiwen.family());
    }

    /// As the Dockerfile does it: what is native is unpacked, so that nothing that can be written
    /// needs to be executable.
    private Path unpackNativeLibraries() throws IOException, InterruptedException {
        Path app = folder.resolve("app");
        Files.createDirectory(app);
        // the mark comes and goes with another test
        try (var parts = Files.newDirectoryStream(APP, part -> !part.endsWith("built"))) {
            for (Path part : parts) {
                run(List.of("cp", "--recursive", part.toString(), app.toString()), Map.of());
            }
        }
        Path natives = Files.createDirectory(app.resolve("native"));
        try (var jars = Files.newDirectoryStream(app.resolve("lib"), "onnxruntime-[0-9]*.jar");
                ZipFile jar = new ZipFile(jars.iterator().next().toFile())) {
            for (ZipEntry entry : Collections.list(jar.entries())) {
                if (entry.getName().matches("ai/onnxruntime/native/linux-x64/.+")) {
                    Path name = Path.of(entry.getName()).getFileName();
                    Files.copy(jar.getInputStream(entry), natives.resolve(name.toString()));
                }
            }
        }
        run(List.of("chmod", "--recursive", "a+rX", folder.toString()), Map.of());
        return app;
    }

    private String writable(String name) throws IOException, InterruptedException {
        Path made = Files.createDirectory(folder.resolve(name));
        run(List.of("chown", "10001:10001", made.toString()), Map.of());
        return made.toString();
    }

    private int health(Path app, int port) throws IOException, InterruptedException {
        ProcessBuilder health = new ProcessBuilder(app.resolve("zhiwen").toString(), "health");
        health.environment().put("ZHIWEN_PORT", Integer.toString(port));
        return health.start().waitFor();
    }

    private String key(Path app, String database) throws IOException, InterruptedException {
        return run(
                List.of(app.resolve("zhiwen").toString(), "key", "test"),
                Map.of(
                        "ZHIWEN_DB_URL",
                        database,
                        "ZHIWEN_DATA",
                        folder.resolve("unused").toString(),
                        "JAVA_HOME",
                        System.getProperty("java.home")));
    }

    private static String run(List<String> command, Map<String, String> environment)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        assertThat(process.waitFor()).as("%s: %s", command, said).isZero();
        return said;
    }

    private static Path script() {
        return Path.of("src/test/resources/io/zhiwen/deploy/as-in-the-image.sh").toAbsolutePath();
    }

    private static void assumeRootOnLinux() throws IOException, InterruptedException {
        boolean may =
                Files.exists(Path.of("/usr/bin/unshare"))
                        && "root".equals(System.getProperty("user.name"))
                        && new ProcessBuilder("unshare", "--mount", "true").start().waitFor() == 0;
        if (!may) {
            String message = "a file system of its own needs root on Linux";
            assertThat(System.getenv("CI")).as(message).isNotEqualTo("true");
            Assumptions.abort(message);
        }
    }
}
