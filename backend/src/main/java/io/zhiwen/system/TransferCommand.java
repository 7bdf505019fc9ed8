package io.zhiwen.system;

import io.zhiwen.account.Audit;
import io.zhiwen.ingest.upload.BlobStore;
import io.zhiwen.transfer.Export;
import io.zhiwen.transfer.Import;
import io.zhiwen.transfer.TransferRefused;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;

/// `./run export FILE|DIR [--base NAME|ID]` and `./run import FILE|DIR [--as NAME]`; Zhiwen may be
/// running or not. The file's name goes to standard output, everything else to standard error.
public final class TransferCommand {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    /// Exit status of an export that is good but for originals that could not be read.
    private static final int WITH_GAPS = 3;

    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream err;

    private TransferCommand(Map<String, String> environment, PrintStream out, PrintStream err) {
        this.environment = environment;
        this.out = out;
        this.err = err;
    }

    public static void main(String[] arguments) {
        ConsoleDatabase.quietLogs();
        System.exit(run(arguments, System.getenv(), System.out, System.err));
    }

    static int run(
            String[] arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
        var command = new TransferCommand(environment, out, err);
        try {
            return command.run(List.of(arguments));
        } catch (TransferRefused e) {
            err.println(e.getMessage());
            return 1;
        } catch (IOException | SQLException | RuntimeException e) {
            err.println("Nothing was changed: " + e.getMessage());
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 130;
        }
    }

    private int run(List<String> arguments) throws IOException, SQLException, InterruptedException {
        boolean exporting = !arguments.isEmpty() && arguments.getFirst().equals("export");
        String option = exporting ? "--base" : "--as";
        boolean plain = arguments.size() == 2;
        boolean chosen = arguments.size() == 4 && arguments.contains(option);
        if (!plain && !chosen) {
            err.println("usage: ./run export FILE|DIR [--base NAME|ID]");
            err.println("       ./run import FILE|DIR [--as NAME]");
            return 2;
        }
        int at = arguments.indexOf(option);
        String value = at < 0 ? null : arguments.get(at + 1);
        Path path = Path.of(arguments.get(at == 1 ? 3 : 1));
        return exporting ? export(path, value) : read(path, value);
    }

    private int export(Path path, @Nullable String base)
            throws IOException, SQLException, InterruptedException {
        Path target =
                Files.isDirectory(path)
                        ? path.resolve("zhiwen-" + STAMP.format(Instant.now()) + ".zip")
                        : path;
        return with(
                (database, blobs) -> {
                    var written = new Export(database.source(), blobs, version()).to(target, base);
                    new Audit(JdbcClient.create(database.source()))
                            .record(
                                    "console",
                                    "transfer.export",
                                    base == null ? "everything" : "base:" + base,
                                    Map.of(
                                            "file",
                                            written.file().toString(),
                                            "documents",
                                            written.documents()));
                    out.println(written.file());
                    err.printf(
                            "%d documents, %d originals, %.1f MB.%n",
                            written.documents(), written.originals(), written.bytes() / 1e6);
                    err.println(
                            "Keep it safe: it holds everything, accounts and all texts included.");
                    return complain(written.gaps());
                });
    }

    private int read(Path path, @Nullable String as)
            throws IOException, SQLException, InterruptedException {
        Path file = Files.isDirectory(path) ? newest(path) : path;
        return with(
                (database, blobs) -> {
                    database.migrate();
                    var read = new Import(database.source(), blobs).from(file, as);
                    out.println(file);
                    if (read.already()) {
                        err.println("It was imported here before; nothing was done.");
                        return 0;
                    }
                    err.printf(
                            "%s: %d documents, %d originals. The indexes follow while Zhiwen runs.%n",
                            read.base() == null ? "Everything" : "Base " + read.base(),
                            read.documents(),
                            read.originals());
                    if (!read.strangers().isEmpty()) {
                        err.println(
                                "Readers without an account here: "
                                        + String.join(", ", read.strangers()));
                    }
                    return complain(read.gaps());
                });
    }

    private int complain(List<String> gaps) {
        if (gaps.isEmpty()) {
            return 0;
        }
        err.println("Without these originals, which were damaged or missing already:");
        gaps.forEach(gap -> err.println("  " + gap));
        return WITH_GAPS;
    }

    private interface Work {
        int with(ConsoleDatabase database, BlobStore blobs) throws IOException, SQLException;
    }

    private int with(Work work) throws IOException, SQLException, InterruptedException {
        DataSettings settings = ConsoleDatabase.settings(environment);
        Path local = settings.folder().resolve("transfer-" + UUID.randomUUID());
        BlobStore blobs = null;
        try (var database = ConsoleDatabase.open(settings)) {
            blobs = blobSettings().open(settings.folder().resolve("blobs"), local);
            return work.with(database, blobs);
        } finally {
            close(blobs);
            PostgresPrograms.delete(local);
        }
    }

    private static void close(@Nullable BlobStore blobs) throws IOException {
        if (blobs instanceof AutoCloseable open) {
            try {
                open.close();
            } catch (IOException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException(e);
            }
        }
    }

    /// As the product reads them.
    private BlobSettings blobSettings() {
        var sources = new MutablePropertySources();
        sources.addFirst(
                new SystemEnvironmentPropertySource(
                        "systemEnvironment", Map.<String, Object>copyOf(environment)));
        return new Binder(ConfigurationPropertySources.from(sources))
                .bindOrCreate("zhiwen.blobs", BlobSettings.class);
    }

    private static Path newest(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".zip"))
                    .max(Comparator.comparing(file -> file.toFile().lastModified()))
                    .orElseThrow(
                            () -> new TransferRefused("There is no export in " + folder + "."));
        }
    }

    private static String version() {
        return Optional.ofNullable(TransferCommand.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
