package io.zhiwen.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerTest {

    private static final Path PROGRAMS = Path.of("target", "postgres").toAbsolutePath();

    @TempDir Path folder;

    @Test
    void keepsItsDataItsPortAndItsPasswordInTheFolderAndStaysDurable() throws Exception {
        String url;
        try (DataFolder data = DataFolder.hold(folder.resolve("data"));
                PostgresServer server = PostgresServer.start(data, PROGRAMS)) {
            url = server.login().url();
            run(server.login(), "create table kept as select 42 as n");
            assertThat(ask(server.login(), "show fsync")).isEqualTo("on");
            assertThat(ask(server.login(), "show synchronous_commit")).isEqualTo("on");
            assertThat(ask(server.login(), "show full_page_writes")).isEqualTo("on");
            assertThat(ask(server.login(), "show max_connections")).isEqualTo("40");
            assertThat(ask(server.login(), "show listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(ask(server.login(), "select rolsuper from pg_roles where rolname = user"))
                    .isEqualTo("f");
        }
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(
                                        folder.resolve("data/secrets/database-password"))))
                .isEqualTo("rw-------");
        Files.move(folder.resolve("data"), folder.resolve("moved"));
        // as in a data folder from before there was such a role, or from a start that was cut off
        Files.delete(folder.resolve("moved/postgres/cluster/zhiwen-reader"));
        try (DataFolder data = DataFolder.hold(folder.resolve("moved"))) {
            long before = System.nanoTime();
            try (PostgresServer server = PostgresServer.start(data, PROGRAMS)) {
                System.out.printf(
                        "start on existing data: %d ms%n",
                        (System.nanoTime() - before) / 1_000_000);
                assertThat(server.login().url()).isEqualTo(url);
                assertThat(ask(server.login(), "select n from kept")).isEqualTo("42");
                assertThat(ask(server.login(), "select pg_has_role('zhiwen_reader', 'member')"))
                        .isEqualTo("t");
            }
        }
    }

    @Test
    void firstStartsThatShareTheProgramsUnpackThemOnce() throws Exception {
        Callable<PostgresPrograms> start = () -> PostgresPrograms.unpackedIn(folder);
        try (var starts = Executors.newFixedThreadPool(2)) {
            for (var unpacked : starts.invokeAll(Collections.nCopies(2, start))) {
                List<String> version = unpacked.get().command("postgres", List.of("--version"));
                assertThat(new ProcessBuilder(version).start().waitFor()).isZero();
            }
        }
        try (var kept = Files.list(folder)) {
            assertThat(kept.filter(Files::isDirectory)).hasSize(1);
        }
    }

    @Test
    void nobodyComesInWithoutThePassword() throws Exception {
        try (DataFolder data = DataFolder.hold(folder.resolve("data"));
                PostgresServer server = PostgresServer.start(data, PROGRAMS)) {
            String url = server.login().url();
            for (String user : new String[] {"zhiwen", "postgres"}) {
                for (String password : new String[] {"", "wrong"}) {
                    assertThatThrownBy(
                                    () -> ask(new DatabaseLogin(url, user, password), "select 1"))
                            .isInstanceOf(SQLException.class);
                }
            }
            assertThatThrownBy(
                            () ->
                                    ask(
                                            new DatabaseLogin(
                                                    url.replace("/zhiwen", "/postgres"),
                                                    "postgres",
                                                    server.login().password()),
                                            "select 1"))
                    .isInstanceOf(SQLException.class);
        }
    }

    @Test
    void aServerLeftBehindIsStoppedEvenWhenTheFolderWasMovedAndACopyLeavesItAlone()
            throws Exception {
        try (DataFolder data = DataFolder.hold(folder.resolve("data"))) {
            PostgresServer orphan = PostgresServer.start(data, PROGRAMS);
            run(orphan.login(), "create table kept as select 42 as n");
        } // the lock is given back, the server is not stopped: as after kill -9
        long orphan = pid(folder.resolve("data"));

        copy(folder.resolve("data"), folder.resolve("copy"));
        try (DataFolder data = DataFolder.hold(folder.resolve("copy"));
                PostgresServer server = PostgresServer.start(data, PROGRAMS)) {
            assertThat(ask(server.login(), "select n from kept")).isEqualTo("42");
            assertThat(isRunning(orphan)).isTrue();
        }

        Files.move(folder.resolve("data"), folder.resolve("moved"));
        try (DataFolder data = DataFolder.hold(folder.resolve("moved"));
                PostgresServer server = PostgresServer.start(data, PROGRAMS)) {
            assertThat(isRunning(orphan)).isFalse();
            assertThat(ask(server.login(), "select n from kept")).isEqualTo("42");
        }
    }

    @Test
    void aFolderInUseIsRefusedInPlainWords() throws Exception {
        try (DataFolder _ = DataFolder.hold(folder)) {
            assertThatThrownBy(() -> DataFolder.hold(folder))
                    .isInstanceOf(DataFolderInUse.class)
                    .hasMessageContaining("in use by another Zhiwen");
        }
        DataFolder.hold(folder).close();
    }

    /// One that has ended but that nobody has waited for does not count.
    private static boolean isRunning(long pid) throws Exception {
        Process ps = new ProcessBuilder("ps", "-o", "stat=", "-p", Long.toString(pid)).start();
        String state = new String(ps.getInputStream().readAllBytes(), UTF_8).strip();
        return !state.isEmpty() && !state.startsWith("Z");
    }

    private static long pid(Path data) throws Exception {
        return Long.parseLong(
                Files.readAllLines(data.resolve("postgres/cluster/postmaster.pid")).getFirst());
    }

    private static void copy(Path from, Path to) throws Exception {
        new ProcessBuilder("cp", "-a", from.toString(), to.toString()).start().waitFor();
    }

    private static void run(DatabaseLogin login, String sql) throws SQLException {
        try (Connection connection = open(login);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String ask(DatabaseLogin login, String sql) throws SQLException {
        try (Connection connection = open(login);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static Connection open(DatabaseLogin login) throws SQLException {
        return DriverManager.getConnection(login.url(), login.user(), login.password());
    }
}
