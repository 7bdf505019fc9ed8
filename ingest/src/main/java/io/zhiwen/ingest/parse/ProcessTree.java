package io.zhiwen.ingest.parse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A process and all it started. Where the system has `setsid`, the process leads a group of its
/// own: so even the children it left behind when it died are found.
final class ProcessTree {

    private static final Logger log = LoggerFactory.getLogger(ProcessTree.class);

    private static final Path SETSID = Path.of("/usr/bin/setsid");
    private static final Path KILL = Path.of("/usr/bin/kill");

    private ProcessTree() {}

    /// What goes before a command so that [#kill] finds all of it.
    static List<String> prefix() {
        return leadsItsGroup() ? List.of(SETSID.toString()) : List.of();
    }

    private static boolean leadsItsGroup() {
        return Files.isExecutable(SETSID) && Files.isExecutable(KILL);
    }

    static void kill(Process process) {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        try {
            if (leadsItsGroup()) {
                killGroup(process.pid());
            }
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                log.warn("process {} does not end", process.pid());
            }
        } catch (IOException e) {
            log.warn("could not end the children of process {}", process.pid(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void killGroup(long leader) throws IOException, InterruptedException {
        Process kill =
                new ProcessBuilder(KILL.toString(), "-KILL", "--", "-" + leader)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        if (!kill.waitFor(5, TimeUnit.SECONDS)) {
            kill.destroyForcibly();
        }
    }
}
