package io.zhiwen.faults;

import io.zhiwen.system.PostgresBinaries;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/// PostgreSQL as a child process of its own, honest about its disk, that can be killed, frozen and
/// started again on the same data and port.
final class Database implements AutoCloseable {

    private static final String USER = "zhiwen";

    /// The folder of a PostgreSQL that has pgvector; the bundled one, which has not, unless set.
    private static final @Nullable String INSTALLED = System.getProperty("zhiwen.faults.postgres");

    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final PostgresBinaries programs;
    private final Path cluster;
    private final int port;
    private Process process;

    private Database(PostgresBinaries programs, Path cluster, int port, Process process) {
        this.programs = programs;
        this.cluster = cluster;
        this.port = port;
        this.process = process;
    }

    static Database start(Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Path cluster = folder.resolve("cluster");
        PostgresBinaries programs =
                INSTALLED == null
                        ? PostgresBinaries.unpacked()
                        : PostgresBinaries.in(Path.of(INSTALLED));
        int port = freePort();
        Process made =
                new ProcessBuilder(
                                programs.command(
                                        "initdb",
                                        List.of(
                                                "--pgdata=" + cluster,
                                                "--username=" + USER,
                                                "--encoding=UTF8",
                                                "--locale-provider=builtin",
                                                "--locale=C.UTF-8",
                                                "--auth=trust")))
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("initdb.log").toFile())
                        .start();
        if (made.waitFor() != 0) {
            throw new IOException(Files.readString(folder.resolve("initdb.log")));
        }
        Files.writeString(
                cluster.resolve("postgresql.conf"),
                """
                listen_addresses = '127.0.0.1'
                port = %d
                unix_socket_directories = ''
                max_connections = 120
                fsync = on
                synchronous_commit = on
                full_page_writes = on
                """
                        .formatted(port),
                StandardOpenOption.APPEND);
        Database database = new Database(programs, cluster, port, launch(programs, cluster));
        database.awaitReady();
        database.client("postgres").sql("create database " + USER).update();
        if (programs.areInstalled()) {
            database.client().sql("create extension vector").update();
        }
        return database;
    }

    int port() {
        return port;
    }

    /// What a node needs to use it, through whatever listens on `port`.
    static Map<String, String> environment(int port) {
        return Map.of(
                "ZHIWEN_DB_URL",
                "jdbc:postgresql://127.0.0.1:" + port + "/" + USER,
                "ZHIWEN_DB_USER",
                USER,
                "ZHIWEN_DB_PASSWORD",
                "any");
    }

    /// Past every proxy.
    JdbcClient client() {
        return client(USER);
    }

    /// `kill -9` of the postmaster; its children notice and end.
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    void restart() throws IOException, InterruptedException {
        Instant deadline = Instant.now().plus(START_LIMIT);
        while (true) {
            process = launch(programs, cluster);
            // children of a killed postmaster hold its shared memory for a moment
            if (!process.waitFor(500, TimeUnit.MILLISECONDS) || Instant.now().isAfter(deadline)) {
                break;
            }
        }
        awaitReady();
    }

    @Override
    public void close() throws InterruptedException {
        // SIGINT would be a fast shutdown; at the end of a test nobody looks at the data
        process.destroyForcibly();
        process.waitFor();
    }

    private JdbcClient client(String database) {
        return JdbcClient.create(
                new DriverManagerDataSource(
                        "jdbc:postgresql://127.0.0.1:" + port + "/" + database, USER, "any"));
    }

    private void awaitReady() throws IOException, InterruptedException {
        Instant deadline = Instant.now().plus(START_LIMIT);
        while (true) {
            try (var _ =
                    DriverManager.getConnection(
                            "jdbc:postgresql://127.0.0.1:" + port + "/postgres", USER, "any")) {
                return;
            } catch (SQLException e) {
                if (Instant.now().isAfter(deadline) || !process.isAlive()) {
                    throw new IOException(
                            "no database: " + Files.readString(cluster.resolveSibling("log")), e);
                }
            }
            Thread.sleep(50);
        }
    }

    private static Process launch(PostgresBinaries programs, Path cluster) throws IOException {
        return new ProcessBuilder(programs.command("postgres", List.of("-D", cluster.toString())))
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(cluster.resolveSibling("log").toFile()))
                .start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
