package io.zhiwen.journey;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The product as a process of its own, with its data folder and port.
public final class RunningProduct implements AutoCloseable {

    private static final List<String> JVM =
            List.of(
                    "--add-modules",
                    "jdk.incubator.vector",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    // it lives for a minute: to compile more costs more than it gives
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-Dfile.encoding=UTF-8");
    private static final Duration START_LIMIT = Duration.ofMinutes(4);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path data;
    private final int port;
    private final Map<String, String> environment;
    private Process process;

    private RunningProduct(Path data, int port, Map<String, String> environment, Process process) {
        this.data = data;
        this.port = port;
        this.environment = environment;
        this.process = process;
    }

    /// Starts on a free port and waits until it is ready.
    public static RunningProduct start(Path data, Map<String, String> environment)
            throws IOException, InterruptedException {
        RunningProduct product = begin(data, environment);
        product.awaitReady();
        return product;
    }

    /// Starts on a free port and waits for nothing.
    public static RunningProduct begin(Path data, Map<String, String> environment)
            throws IOException {
        int port = freePort();
        return new RunningProduct(data, port, environment, launch(data, port, environment));
    }

    /// Starts it again on the same data folder and port and waits until it is ready.
    public void restart() throws IOException, InterruptedException {
        beginAgain();
        awaitReady();
    }

    /// Starts it again on the same data folder and port and waits for nothing.
    public void beginAgain() throws IOException {
        process = launch(data, port, environment);
    }

    /// Starts it again with more in its environment, for this once.
    ///
    /// @return false when it ended before it was ready
    public boolean restart(Map<String, String> more) throws IOException, InterruptedException {
        Map<String, String> all = new java.util.HashMap<>(environment);
        all.putAll(more);
        process = launch(data, port, all);
        return awaitReadyOrEnd();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /// Whether it ended by itself within this time.
    public boolean awaitEnd(Duration limit) throws InterruptedException {
        return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    public int exitValue() {
        return process.exitValue();
    }

    /// Asks it to end, as `kill` does.
    public void terminate() {
        process.destroy();
    }

    /// As `kill -STOP` and `kill -CONT` do.
    public void signal(String name) throws IOException, InterruptedException {
        int exit =
                new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                        .start()
                        .waitFor();
        if (exit != 0) {
            throw new IllegalStateException("cannot send " + name + " to " + process.pid());
        }
    }

    /// As `kill -9` does: the process gets no chance to do anything.
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    public long pid() {
        return process.pid();
    }

    /// A new key with all rights, as `./run key NAME` prints it.
    public String newKey(String name) throws IOException, InterruptedException {
        List<String> command = warmJava();
        command.addAll(List.of("io.zhiwen.system.KeyCommand", name));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment(data, port, environment));
        builder.redirectError(ProcessBuilder.Redirect.appendTo(log(data).toFile()));
        Process key = builder.start();
        String printed = new String(key.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (key.waitFor() != 0) {
            throw new IllegalStateException("no key; see " + output());
        }
        return printed.strip();
    }

    /// Runs a command of the console, `io.zhiwen.system.` + `command`, on this product's data.
    ///
    /// @return its exit status
    public int console(String command, String... arguments)
            throws IOException, InterruptedException {
        return console(data, environment, command, arguments);
    }

    /// Where the product does not run.
    public static int console(
            Path data, Map<String, String> environment, String command, String... arguments)
            throws IOException, InterruptedException {
        List<String> line = warmJava();
        line.add("io.zhiwen.system." + command);
        line.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(line);
        builder.environment().putAll(environment(data, 0, environment));
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log(data).toFile()));
        return builder.start().waitFor();
    }

    /// The one-time link the product printed for its first admin.
    public String setupLink() throws IOException {
        Matcher link = Pattern.compile("http\\S+/setup\\?token=\\S+").matcher(output());
        if (!link.find()) {
            throw new IllegalStateException("no set-up link in:\n" + output());
        }
        return link.group();
    }

    public String output() throws IOException {
        return Files.readString(log(data), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            process.waitFor();
        }
    }

    public void awaitReady() throws IOException, InterruptedException {
        if (!awaitReadyOrEnd()) {
            throw new IllegalStateException("it ended:\n" + output());
        }
    }

    private boolean awaitReadyOrEnd() throws IOException, InterruptedException {
        Instant deadline = Instant.now().plus(START_LIMIT);
        while (Instant.now().isBefore(deadline)) {
            if (!process.isAlive()) {
                return false;
            }
            if (ready()) {
                return true;
            }
            Thread.sleep(100);
        }
        throw new IllegalStateException("not ready after " + START_LIMIT + ":\n" + output());
    }

    public boolean ready() throws InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url() + "/actuator/health/readiness"))
                        .timeout(Duration.ofSeconds(5))
                        .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notListeningYet) {
            return false;
        }
    }

    private static Process launch(Path data, int port, Map<String, String> environment)
            throws IOException {
        Files.createDirectories(data);
        List<String> command = warmJava();
        command.add("io.zhiwen.system.ZhiwenApplication");
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment(data, port, environment));
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log(data).toFile()));
        return builder.start();
    }

    private static List<String> java() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        command.add("-Xmx1g");
        return command;
    }

    private static List<String> warmJava() throws IOException {
        List<String> command = java();
        command.addAll(warm().flags());
        return command;
    }

    private static WarmStart warm() throws IOException {
        return WarmStart.of(java(), Map.of("ZHIWEN_DB_PROGRAMS", programs()));
    }

    private static String programs() {
        return Path.of("target/postgres").toAbsolutePath().toString();
    }

    private static Map<String, String> environment(Path data, int port, Map<String, String> extra)
            throws IOException {
        Map<String, String> environment = new java.util.HashMap<>(extra);
        environment.put("ZHIWEN_DATA", data.toString());
        // not as an argument: ONNX Runtime 1.29 crashes in a process whose command line is longer
        // than
        // some 4000 bytes
        environment.put("CLASSPATH", warm().classPath());
        environment.put("ZHIWEN_DB_PROGRAMS", programs());
        environment.put("ZHIWEN_PORT", Integer.toString(port));
        return environment;
    }

    private static Path log(Path data) {
        return data.resolveSibling(data.getFileName() + ".log");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /// The folder of real evaluation files, or null where it is absent.
    public static @Nullable Path sharedFiles() {
        Path files = Path.of(System.getProperty("zhiwen.shared", "../shared"), "eval", "files");
        return Files.isDirectory(files) ? files : null;
    }
}
