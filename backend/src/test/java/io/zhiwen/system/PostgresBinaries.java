package io.zhiwen.system;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/// The bundled PostgreSQL's programs for tests that run a server of their own.
public final class PostgresBinaries {

    private final PostgresPrograms programs;

    private PostgresBinaries(PostgresPrograms programs) {
        this.programs = programs;
    }

    public static PostgresBinaries unpacked() throws IOException {
        return new PostgresBinaries(
                PostgresPrograms.in(Path.of("target/postgres").toAbsolutePath()));
    }

    /// Those of an installed PostgreSQL.
    public static PostgresBinaries in(Path folder) throws IOException {
        return new PostgresBinaries(PostgresPrograms.in(folder.toAbsolutePath()));
    }

    /// Whether they are an installation's, which is expected to have pgvector.
    public boolean areInstalled() {
        return !programs.areBundled();
    }

    /// The database of an embedded product, which one that was killed leaves running.
    public static JdbcClient databaseOf(Path data) throws IOException {
        DatabaseLogin login = PostgresServer.loginOf(data).orElseThrow();
        return JdbcClient.create(
                new DriverManagerDataSource(login.url(), login.user(), login.password()));
    }

    public List<String> command(String program, List<String> arguments) {
        return programs.command(program, arguments);
    }
}
