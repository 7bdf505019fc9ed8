package io.zhiwen.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `./run server` and `./run env` choose, with programs that only pretend in place of docker,
/// graphics cards and mirrors. The script under test is the real one.
class DatabaseChoiceTest {

    /// What the scripts may use besides what a test puts beside them.
    private static final List<String> TOOLS =
            List.of(
                    "bash", "sh", "cat", "sed", "sort", "head", "tail", "tr", "base64", "mkdir",
                    "touch", "cp", "mv", "rm", "grep", "env", "dirname", "printf");

    @TempDir Path folder;
    private Path programs;
    private Path checkout;

    @BeforeEach
    void aCheckoutAndAMachineWithNothingOnIt() throws IOException {
        programs = Files.createDirectories(folder.resolve("bin"));
        for (String tool : TOOLS) {
            pretend(programs.resolve(tool), "exec /usr/bin/%s \"$@\"".formatted(tool));
        }
        checkout = Files.createDirectories(folder.resolve("zhiwen"));
        Files.createDirectories(checkout.resolve(".ci/compose"));
        copy(".ci/server");
        copy(".env.example");
        pretend(checkout.resolve(".ci/postgres"), "exit 1");
    }

    @Test
    void aServerOfYoursComesFirst() throws Exception {
        pretend(programs.resolve("docker"), "exit 0");
        assertThat(database(Map.of("ZHIWEN_DB_URL", "jdbc:postgresql://db/zhiwen")))
                .contains(
                        "Database: the one ZHIWEN_DB_URL names", "url=jdbc:postgresql://db/zhiwen");
    }

    @Test
    void dockerComposeComesNextWithThePasswordItMade() throws Exception {
        pretend(
                programs.resolve("docker"),
                """
                case "$*" in
                    *'port db 5432') echo 127.0.0.1:49153 ;;
                    *ps*) ;;
                    *) echo "docker $*" >>'%s' ;;
                esac"""
                        .formatted(folder.resolve("asked")));
        String said = database(Map.of());
        String password = setting("ZHIWEN_DB_PASSWORD");
        assertThat(said)
                .contains(
                        "Database: docker compose, on 127.0.0.1:49153",
                        "rather than a server of yours: ZHIWEN_DB_URL is not set",
                        "url=jdbc:postgresql://127.0.0.1:49153/zhiwen",
                        "password=" + password,
                        "stop=compose stop db");
        assertThat(Files.readString(folder.resolve("asked")))
                .contains("up --detach --wait db")
                .doesNotContain("up --detach --wait db app");
    }

    @Test
    void anInstalledPostgresqlIsTakenWhenItIsNewEnoughAndHasAnExtensionThatIs() throws Exception {
        install("16", "0.8.7");
        install("17", "0.8.6");
        install("18", "0.8.10");
        assertThat(database(Map.of()))
                .contains(
                        "installed/16: PostgreSQL 16, and 17 is the oldest that works",
                        "installed/17: its pgvector is 0.8.6, and 0.8.7 is the oldest that works",
                        "Database: PostgreSQL 18 of " + folder.resolve("installed/18"),
                        "programs=" + folder.resolve("installed/18"));
    }

    @Test
    void withoutAnEngineDebiansPackagesAreUnpacked() throws Exception {
        pretend(programs.resolve("docker"), "exit 1");
        pretend(checkout.resolve(".ci/postgres"), "echo /cache/postgres");
        assertThat(database(Map.of()))
                .contains(
                        "Database: PostgreSQL 18 and pgvector from Debian's packages",
                        "rather than docker compose: its engine does not answer",
                        "programs=/cache/postgres");
    }

    @Test
    void dataOfAnotherMajorVersionAreNotOpened() throws Exception {
        pretend(checkout.resolve(".ci/postgres"), "echo /cache/postgres");
        Files.createDirectories(folder.resolve("data/postgres/installed"));
        Files.writeString(folder.resolve("data/postgres/installed/PG_VERSION"), "17\n");
        assertThat(database(Map.of()))
                .contains("this folder's data are of 17", "failed")
                .doesNotContain("Database: PostgreSQL 18");
    }

    @Test
    void whereNothingIsFoundItSaysWhatHelps() throws Exception {
        assertThat(database(Map.of()))
                .contains(
                        "No PostgreSQL with pgvector was found",
                        "docker compose: there is no docker",
                        "Debian's packages: they could not be fetched",
                        "set ZHIWEN_DB_URL",
                        "failed");
    }

    @Test
    void settingsForComposeGetPasswordsOfTheirOwnThatNobodyElseReads() throws Exception {
        pretend(programs.resolve("nvidia-smi"), "printf '8192\\n16376\\n'");
        assertThat(shell("write_env", Map.of())).contains("16376 MiB");
        assertThat(setting("COMPOSE_PROFILES")).isEqualTo("gpu");
        assertThat(setting("ZHIWEN_LLM_URL")).isEqualTo("http://llm:8080/v1");
        assertThat(setting("ZHIWEN_DB_PASSWORD")).hasSize(32).doesNotContain("/", "+");
        assertThat(setting("ZHIWEN_LLM_KEY"))
                .hasSize(32)
                .isNotEqualTo(setting("ZHIWEN_DB_PASSWORD"));
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(checkout.resolve(".env"))))
                .isEqualTo("rw-------");
    }

    @Test
    void withoutACardNoModelServerIsStartedThatCouldNotRun() throws Exception {
        assertThat(shell("write_env", Map.of())).contains("no NVIDIA card");
        assertThat(setting("COMPOSE_PROFILES")).isEmpty();
        assertThat(setting("ZHIWEN_LLM_URL")).isEmpty();
    }

    private void install(String major, String pgvector) throws IOException {
        Path home = Files.createDirectories(folder.resolve("installed").resolve(major));
        Files.createDirectories(home.resolve("bin"));
        pretend(home.resolve("bin/postgres"), "echo 'postgres (PostgreSQL) " + major + ".1'");
        Path extensions = Files.createDirectories(home.resolve("share/extension"));
        Files.writeString(
                extensions.resolve("vector.control"), "default_version = '" + pgvector + "'\n");
    }

    private String database(Map<String, String> environment) throws Exception {
        return shell(
                """
                find_database '%s' || echo failed
                echo "url=${ZHIWEN_DB_URL:-}" "password=${ZHIWEN_DB_PASSWORD:-}"
                echo "programs=${ZHIWEN_DB_PROGRAMS:-}" "stop=$database_stop\""""
                        .formatted(folder.resolve("data")),
                environment);
    }

    private String shell(String commands, Map<String, String> environment) throws Exception {
        ProcessBuilder shell =
                new ProcessBuilder(
                        "/usr/bin/bash",
                        "-c",
                        "set -euo pipefail; here=$PWD; . .ci/server; postgres_homes=(\"$1\"/*)\n"
                                + commands,
                        "bash",
                        folder.resolve("installed").toString());
        shell.environment().clear();
        shell.environment().put("PATH", programs.toString());
        shell.environment().putAll(environment);
        Process process = shell.directory(checkout.toFile()).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    private String setting(String name) throws IOException {
        List<String> found = new ArrayList<>();
        for (String line : Files.readAllLines(checkout.resolve(".env"))) {
            if (line.startsWith(name + "=")) {
                found.add(line.substring(name.length() + 1));
            }
        }
        assertThat(found).as(name).hasSize(1);
        return found.getFirst();
    }

    private void copy(String file) throws IOException {
        Files.copy(Path.of("..").resolve(file), checkout.resolve(file));
    }

    private static void pretend(Path program, String script) throws IOException {
        Files.writeString(program, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
