package io.zhiwen.journey;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/// The classes under test as a process loads them with least work: in jars, beside a cache of those
/// that a start needs, as in the packaged product. Made by the first test of a build that starts
/// one; other processes wait for it.
record WarmStart(String classPath, List<String> flags) {

    private static final long LONGEST_MINUTES = 5;

    private static WarmStart made;

    static synchronized WarmStart of(List<String> java, Map<String, String> environment)
            throws IOException {
        if (made == null) {
            made = make(java, environment);
        }
        return made;
    }

    private static WarmStart make(List<String> java, Map<String, String> environment)
            throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "warm-start").toAbsolutePath());
        try (var channel =
                        FileChannel.open(
                                folder.resolve("lock"),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE);
                var _ = channel.lock()) {
            String stamp = stamp();
            Path stamped = folder.resolve("stamp");
            boolean fresh = Files.exists(stamped) && Files.readString(stamped).equals(stamp);
            List<String> path = new ArrayList<>();
            for (String entry : entries()) {
                if (Files.isDirectory(Path.of(entry))) {
                    Path jar = folder.resolve(path.size() + ".jar");
                    if (!fresh) {
                        jar(jar, Path.of(entry));
                    }
                    path.add(jar.toString());
                } else {
                    path.add(entry);
                }
            }
            // what is no jar keeps the parse worker from making a cache of its own in each folder
            // of data
            path.add(Files.createDirectories(folder.resolve("nothing")).toString());
            String classPath = String.join(File.pathSeparator, path);
            Path cache = folder.resolve("classes.aot");
            if (!fresh) {
                Files.deleteIfExists(cache);
                learn(java, environment, classPath, cache, folder);
                Files.writeString(stamped, stamp);
            }
            // what the JVM says of a cache it cannot use is not for standard output, where keys are
            // printed
            return new WarmStart(
                    classPath,
                    Files.exists(cache)
                            ? List.of(
                                    "-XX:AOTCache=" + cache,
                                    "-Xlog:disable",
                                    "-Xlog:all=warning:stderr")
                            : List.of());
        }
    }

    private static void jar(Path jar, Path classes) {
        int exit =
                ToolProvider.findFirst("jar")
                        .orElseThrow()
                        .run(
                                System.out,
                                System.err,
                                "--create",
                                "--no-compress",
                                "--file=" + jar,
                                "-C",
                                classes.toString(),
                                ".");
        if (exit != 0) {
            throw new IllegalStateException("no jar of " + classes);
        }
    }

    /// A start that ends when everything is loaded; where it fails, starts are slower.
    private static void learn(
            List<String> java,
            Map<String, String> environment,
            String classPath,
            Path cache,
            Path folder)
            throws IOException {
        List<String> command = new ArrayList<>(java);
        command.add("-XX:AOTCacheOutput=" + cache);
        command.add("-Dspring.context.exit=onRefresh");
        command.add("io.zhiwen.system.ZhiwenApplication");
        Path data = folder.resolve("data");
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        builder.environment()
                .putAll(
                        Map.of(
                                "CLASSPATH",
                                classPath,
                                "ZHIWEN_DATA",
                                data.toString(),
                                "ZHIWEN_PORT",
                                "0"));
        builder.redirectErrorStream(true);
        builder.redirectOutput(folder.resolve("log").toFile());
        Process process = builder.start();
        try {
            if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        FileSystemUtils.deleteRecursively(data);
    }

    private static String stamp() {
        return entries().stream()
                .map(entry -> entry + " " + lastChange(Path.of(entry)))
                .collect(Collectors.joining("\n"));
    }

    private static long lastChange(Path entry) {
        try (Stream<Path> files = Files.walk(entry)) {
            return files.mapToLong(file -> file.toFile().lastModified()).max().orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> entries() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> Files.exists(Path.of(entry)))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .toList();
    }
}
