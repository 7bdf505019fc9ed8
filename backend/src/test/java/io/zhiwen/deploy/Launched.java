package io.zhiwen.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The packaged product, started by a script of ours, with its own port; what it says goes to a
/// file. [#close] ends it as an operator does.
final class Launched implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(3);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final int port;
    private final Path log;

    private Launched(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    /// Returns when it is ready.
    static Launched start(List<String> command, Map<String, String> environment, int port, Path log)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("ZHIWEN_"));
        builder.environment().putAll(environment);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("ZHIWEN_PORT", Integer.toString(port));
        builder.redirectErrorStream(true).redirectOutput(log.toFile());
        Launched launched = new Launched(builder.start(), port, log);
        try {
            launched.awaitReady();
        } catch (IOException | InterruptedException | RuntimeException e) {
            launched.close();
            throw e;
        }
        return launched;
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    String output() throws IOException {
        return Files.readString(log, UTF_8);
    }

    /// The process itself and what it started, e.g. the server behind a script.
    List<ProcessHandle> family() {
        return java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(process.toHandle()), process.descendants())
                .toList();
    }

    /// As `kill -9` does, all of it but the database, which is not a child.
    void kill() throws InterruptedException {
        family().forEach(ProcessHandle::destroyForcibly);
        process.waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(40, TimeUnit.SECONDS)) {
            kill();
        }
        http.close();
    }

    private void awaitReady() throws IOException, InterruptedException {
        Instant deadline = Instant.now().plus(START_LIMIT);
        var request =
                HttpRequest.newBuilder(URI.create(url() + "/actuator/health/readiness"))
                        .timeout(Duration.ofSeconds(5))
                        .build();
        while (process.isAlive() && Instant.now().isBefore(deadline)) {
            try {
                if (http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode()
                        == 200) {
                    return;
                }
            } catch (IOException notListeningYet) {
                // asked again below
            }
            Thread.sleep(100);
        }
        throw new IllegalStateException("not ready:\n" + output());
    }
}
