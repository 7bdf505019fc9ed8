package io.zhiwen.ingest.parse;

import io.zhiwen.ingest.parse.worker.ParseWorker;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How a worker is started: the same class path, another main class, a small heap, and nothing of
/// this process's environment, where secrets are.
final class WorkerCommand {

    /// Lets test documents make a worker hang, crash and worse; never set by the product.
    private static final String FAULTS = "zhiwen.parse.faults";

    private static final Path NICE = Path.of("/usr/bin/nice");

    private WorkerCommand() {}

    static Process start(ParseSettings settings, Path temp, Path work) throws IOException {
        String classPath = absolute(System.getProperty("java.class.path", ""));
        List<String> command = new ArrayList<>(ProcessTree.prefix());
        if (Files.isExecutable(NICE)) {
            command.addAll(List.of(NICE.toString(), "-n", "10")); // who asks goes first
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-Xmx" + settings.heapMegabytes() + "m",
                        "-XX:MaxDirectMemorySize=64m",
                        "-XX:MaxMetaspaceSize=256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-XX:-CreateCoredumpOnCrash",
                        "-XX:-UsePerfData",
                        "-XX:+DisplayVMOutputToStderr",
                        "-XX:ErrorFile=" + work.resolve("crash.log"),
                        "-Xlog:disable",
                        "-Djava.io.tmpdir=" + work,
                        "-Duser.home=" + work,
                        "-Dpdfbox.fontcache=" + temp,
                        // no name is ever looked up
                        "-Djdk.net.hosts.file=" + work.resolve("no-hosts"),
                        "-Djava.awt.headless=true",
                        "-Dfile.encoding=UTF-8",
                        "-Dslf4j.internal.verbosity=WARN",
                        "-Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider",
                        "-Djavax.xml.accessExternalDTD=",
                        "-Djavax.xml.accessExternalSchema=",
                        "-Djavax.xml.accessExternalStylesheet=",
                        "-Djdk.xml.entityExpansionLimit=64"));
        if (hasOnlyJars(classPath)) {
            command.add("-XX:+AutoCreateSharedArchive");
            command.add("-XX:SharedArchiveFile=" + temp.resolve("parse-worker.jsa"));
        }
        if (Boolean.getBoolean(FAULTS)) {
            command.add("-D" + FAULTS + "=true");
        }
        command.addAll(List.of("-cp", classPath, ParseWorker.class.getName()));
        ProcessBuilder builder = new ProcessBuilder(command).directory(work.toFile());
        Map<String, String> environment = builder.environment();
        String systemRoot = environment.get("SystemRoot");
        environment.clear();
        environment.put("PATH", "/usr/bin:/bin");
        environment.put("LANG", "C.UTF-8");
        if (systemRoot != null) {
            environment.put("SystemRoot", systemRoot); // Java does not start on Windows without it
        }
        return builder.start();
    }

    /// The worker runs in a folder of its own.
    private static String absolute(String classPath) {
        return Stream.of(classPath.split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /// A class archive cannot hold classes from folders, as an IDE or a test run has them.
    private static boolean hasOnlyJars(String classPath) {
        return Stream.of(classPath.split(File.pathSeparator)).allMatch(e -> e.endsWith(".jar"));
    }
}
