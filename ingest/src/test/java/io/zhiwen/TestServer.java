package io.zhiwen;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/// The PostgreSQL of this JVM's tests, the first of these that there is: the one that
/// `ZHIWEN_TEST_DB_URL` names, a container, the one that `.ci/postgres` fetched, and the embedded
/// one, which has no pgvector. The product's own embedded server has tests of its own.
///
/// @param url of a superuser
record TestServer(String url) {

    private static final String IMAGE = "pgvector/pgvector:0.8.7-pg18";

    /// @param prefix of the names of the databases that will be made there
    static TestServer start(String prefix) {
        String given = System.getenv("ZHIWEN_TEST_DB_URL");
        if (given != null && !given.isBlank()) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> dropAll(given, prefix)));
            return new TestServer(given);
        }
        return new TestServer(container().or(TestServer::unpacked).orElseGet(TestServer::embedded));
    }

    private static void dropAll(String url, String prefix) {
        PGSimpleDataSource admin = new PGSimpleDataSource();
        admin.setUrl(url);
        JdbcClient db = JdbcClient.create(admin);
        db.sql("select datname from pg_database where datname like :names")
                .param("names", prefix + "%")
                .query(String.class)
                .list()
                .forEach(name -> db.sql("drop database " + name + " with (force)").update());
    }

    /// An engine is looked for only where one could answer: asking in vain takes seconds.
    private static Optional<String> container() {
        boolean engine =
                System.getenv("DOCKER_HOST") != null
                        || Stream.of("/var/run/docker.sock", "/run/docker.sock")
                                .anyMatch(socket -> Files.exists(Path.of(socket)));
        if (!engine || !DockerClientFactory.instance().isDockerAvailable()) {
            return Optional.empty();
        }
        // removed by Testcontainers' own reaper, however this JVM ends
        @SuppressWarnings("resource")
        PostgreSQLContainer container =
                new PostgreSQLContainer(
                                DockerImageName.parse(IMAGE).asCompatibleSubstituteFor("postgres"))
                        .withCommand("postgres", "-c", "fsync=off", "-c", "max_connections=300");
        container.start();
        return Optional.of(
                container.getJdbcUrl()
                        + "&user="
                        + container.getUsername()
                        + "&password="
                        + container.getPassword());
    }

    private static Optional<String> unpacked() {
        Optional<Path> script = script();
        if (script.isEmpty() || !Files.isExecutable(programs().resolve("bin/postgres"))) {
            return Optional.empty();
        }
        try {
            Path folder = Files.createTempDirectory("zhiwen-test-postgres");
            stopWhenThisEnds(script.get(), folder);
            Process start =
                    new ProcessBuilder(
                                    script.get().toString(),
                                    "start",
                                    folder.toString(),
                                    "fsync=off",
                                    "synchronous_commit=off",
                                    "max_connections=300")
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            String url =
                    new String(start.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                            .strip();
            if (start.waitFor() != 0) {
                throw new IllegalStateException(script.get() + " did not start a server");
            }
            return Optional.of(quickToEnter(url.replace("user=zhiwen", "user=postgres")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Tests open thousands of connections, and each proof of the password costs milliseconds.
    private static String quickToEnter(String url) {
        PGSimpleDataSource admin = new PGSimpleDataSource();
        admin.setUrl(url);
        JdbcClient.create(admin)
                .sql(
                        """
                        do $$ begin
                            perform set_config('scram_iterations', '1', false);
                            alter role postgres password '%s';
                        end $$
                        """
                                .formatted(admin.getPassword()))
                .update();
        return url;
    }

    /// A shell that reads until this JVM is gone, killed or not, and then stops the server.
    private static void stopWhenThisEnds(Path script, Path folder) throws IOException {
        List<String> command =
                List.of(
                        "bash",
                        "-c",
                        "trap '' INT TERM HUP; cat >/dev/null; \"$1\" stop \"$2\"; rm -rf \"$2\"",
                        "bash",
                        script.toString(),
                        folder.toString());
        new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static Path programs() {
        String home = System.getenv("ZHIWEN_POSTGRES_HOME");
        if (home != null) {
            return Path.of(home);
        }
        String cache = System.getenv("XDG_CACHE_HOME");
        return (cache == null ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache))
                .resolve("zhiwen/postgres");
    }

    private static Optional<Path> script() {
        return Stream.iterate(
                        Path.of("").toAbsolutePath(), java.util.Objects::nonNull, Path::getParent)
                .map(folder -> folder.resolve(".ci/postgres"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static String embedded() {
        try {
            EmbeddedPostgres server = EmbeddedPostgres.start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server)));
            return server.getJdbcUrl("postgres", "postgres");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void stop(EmbeddedPostgres server) {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
