package io.zhiwen.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A PostgreSQL that lives and ends with Zhiwen, the one that comes with it or an installed one:
/// its files in the data folder, every commit on disk before it is answered, on the loopback
/// address with a password of its own.
final class PostgresServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresServer.class);
    private static final String USER = "zhiwen";
    private static final String PASSWORD = "database-password";
    private static final String READER_MADE = "zhiwen-reader";
    private static final String LOOPBACK = DatabasePort.LOOPBACK;

    /// What pgvector needs to keep its graphs at hand and to build them quickly.
    private static final String FOR_VECTORS =
            """
            shared_buffers = 256MB
            maintenance_work_mem = 256MB
            """;

    private final PostgresPrograms programs;
    private final Path cluster;
    private final Path log;
    private final DatabaseLogin login;

    private PostgresServer(PostgresPrograms programs, Path cluster, Path log, DatabaseLogin login) {
        this.programs = programs;
        this.cluster = cluster;
        this.log = log;
        this.login = login;
    }

    /// Returns when the database takes connections. A server that a killed Zhiwen left behind is
    /// stopped first: who holds the data folder is the only one to use it.
    ///
    /// @param programsFolder an installed PostgreSQL, or a folder that keeps the bundled programs;
    /// null for a place in the data folder
    /// @throws OtherDatabaseHere when the folder's data belong to the other of the two
    static PostgresServer start(DataFolder data, @Nullable Path programsFolder)
            throws IOException, InterruptedException {
        Files.createDirectories(data.postgres());
        PostgresPrograms programs =
                PostgresPrograms.in(programsFolder == null ? data.postgres() : programsFolder);
        Path cluster = cluster(data, programs);
        if (DataFolder.secret(data.root(), PASSWORD).isEmpty()) {
            data.keepSecret(PASSWORD, newPassword());
        }
        String password = DataFolder.secret(data.root(), PASSWORD).orElseThrow();
        PostgresServer leftBehind =
                new PostgresServer(
                        programs,
                        cluster,
                        data.postgres().resolve("log"),
                        new DatabaseLogin("", USER, password));
        if (!Files.isDirectory(cluster)) {
            leftBehind.makeCluster();
        }
        leftBehind.stopOrphan();
        leftBehind.makeReader();
        int port = DatabasePort.of(data);
        PostgresServer server =
                new PostgresServer(programs, cluster, leftBehind.log, login(port, password));
        server.run(port);
        return server;
    }

    /// How to reach the server of a data folder that another process holds; empty when that folder
    /// never had one.
    static Optional<DatabaseLogin> loginOf(Path root) throws IOException {
        Optional<String> port = DatabasePort.keptIn(root);
        Optional<String> password = DataFolder.secret(root, PASSWORD);
        return port.isPresent() && password.isPresent()
                ? Optional.of(login(Integer.parseInt(port.get()), password.get()))
                : Optional.empty();
    }

    DatabaseLogin login() {
        return login;
    }

    /// Each kind has a cluster of its own, and a data folder holds one of them: files and index
    /// beside it belong to that one.
    private static Path cluster(DataFolder data, PostgresPrograms programs) {
        Path bundled = data.postgres().resolve("cluster");
        Path installed = data.postgres().resolve("installed");
        Path own = programs.areBundled() ? bundled : installed;
        Path other = programs.areBundled() ? installed : bundled;
        if (!Files.isDirectory(own) && Files.isDirectory(other)) {
            throw new OtherDatabaseHere(data.root(), programs.areBundled());
        }
        return own;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        stop();
    }

    private static DatabaseLogin login(int port, String password) {
        return new DatabaseLogin(
                "jdbc:postgresql://" + LOOPBACK + ":" + port + "/" + USER, USER, password);
    }

    private void makeCluster() throws IOException, InterruptedException {
        Path half = cluster.resolveSibling("cluster.new");
        PostgresPrograms.delete(half);
        call(
                "initdb",
                List.of(
                        "--pgdata=" + half,
                        "--username=postgres",
                        "--encoding=UTF8",
                        "--locale-provider=builtin",
                        "--locale=C.UTF-8",
                        "--auth=scram-sha-256",
                        "--pwfile=" + passwordFile()),
                "");
        Files.writeString(
                half.resolve("postgresql.conf"),
                "\ninclude 'zhiwen.conf'\n",
                StandardCharsets.UTF_8,
                java.nio.file.StandardOpenOption.APPEND);
        Files.writeString(half.resolve("zhiwen.conf"), "");
        // the superuser has no way in: Zhiwen's own role owns its database and nothing else
        Files.writeString(
                half.resolve("pg_hba.conf"),
                "host %s %s %s/32 scram-sha-256\n".formatted(USER, USER, LOOPBACK));
        call(
                "postgres",
                List.of("--single", "-D", half.toString(), "postgres"),
                """
                create role %s login password '%s';
                create database %s owner %s;
                """
                        .formatted(USER, login.password(), USER, USER));
        if (!programs.areBundled()) {
            call(
                    "postgres",
                    List.of("--single", "-D", half.toString(), USER),
                    "create extension if not exists vector;\n");
        }
        Files.move(half, cluster, StandardCopyOption.ATOMIC_MOVE);
    }

    /// The role that readers' queries run under, which Zhiwen's own may not make. A data folder
    /// that
    /// is older than it gets it at its next start; a half-done one is done again, where what is
    /// there already is an error that changes nothing.
    private void makeReader() throws IOException, InterruptedException {
        Path made = cluster.resolve(READER_MADE);
        if (Files.exists(made)) {
            return;
        }
        call(
                "postgres",
                List.of("--single", "-D", cluster.toString(), "postgres"),
                """
                create role %1$s_reader nologin;
                grant %1$s_reader to %1$s;
                """
                        .formatted(USER));
        Files.createFile(made);
    }

    private Path passwordFile() {
        Path data = cluster.getParent();
        Path root = data == null ? null : data.getParent();
        if (root == null) {
            throw new IllegalStateException(cluster + " is in no data folder");
        }
        return root.resolve("secrets").resolve(PASSWORD);
    }

    private void run(int port) throws IOException, InterruptedException {
        Files.writeString(
                cluster.resolve("zhiwen.conf"),
                """
                # written anew at every start
                listen_addresses = '%s'
                port = %d
                unix_socket_directories = ''
                max_connections = 40
                fsync = on
                synchronous_commit = on
                full_page_writes = on
                max_parallel_workers_per_gather = 0
                jit = off
                log_line_prefix = '%%m [%%p] '
                """
                                .formatted(LOOPBACK, port)
                        + (programs.areBundled() ? "" : FOR_VECTORS));
        Files.deleteIfExists(log);
        // pg_ctl gives the server a session of its own, so that Ctrl-C in a terminal reaches Zhiwen
        // alone
        call(
                "pg_ctl",
                List.of("start", "--wait", "--timeout=120", "--pgdata=" + cluster, "--log=" + log),
                "");
    }

    private void stopOrphan() throws IOException, InterruptedException {
        Path pidFile = cluster.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        long pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
        if (ProcessHandle.of(pid).isEmpty()) {
            return; // PostgreSQL recovers by itself from a file like that
        }
        if (worksHere(pid)) {
            LOG.info("Stopping the database that a killed Zhiwen left running (process {})", pid);
            stop();
        } else {
            // the data folder is a copy, or the machine has started anew and the number is
            // another's
            Files.delete(pidFile);
        }
    }

    /// A server's working directory is its cluster, whatever that folder was called when it
    /// started.
    private boolean worksHere(long pid) throws IOException {
        Path cwd = Path.of("/proc", Long.toString(pid), "cwd");
        if (Files.isDirectory(Path.of("/proc", "self"))) {
            return Files.exists(cwd) && Files.isSameFile(cwd, cluster);
        }
        return Files.readAllLines(cluster.resolve("postmaster.pid"))
                .get(1)
                .equals(cluster.toString());
    }

    private void stop() throws IOException, InterruptedException {
        call(
                "pg_ctl",
                List.of("stop", "--mode=fast", "--wait", "--timeout=60", "--pgdata=" + cluster),
                "");
    }

    private void call(String program, List<String> arguments, String input)
            throws IOException, InterruptedException {
        List<String> command = programs.command(program, arguments);
        Path output = Files.createTempFile(cluster.getParent(), program, ".out");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile());
            builder.environment().keySet().removeIf(name -> !name.equals("PATH"));
            builder.environment().put("LC_ALL", "C");
            Process process = builder.start();
            try (var in = process.outputWriter(StandardCharsets.UTF_8)) {
                in.write(input);
            }
            if (!process.waitFor(180, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException(
                        "PostgreSQL's %s failed: %s%s%s"
                                .formatted(
                                        program,
                                        Files.readString(output),
                                        lastWords(),
                                        PostgresPrograms.advice()));
            }
        } finally {
            Files.deleteIfExists(output);
        }
    }

    private String lastWords() throws IOException {
        return Files.exists(log) ? "\n" + Files.readString(log) : "";
    }

    private static String newPassword() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
