package io.zhiwen.ask.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/// A real llama-server with the tiny model, where `.ci/llama-server` put one. Skips the test where
/// there is none, but fails it in CI.
public final class LlamaServer implements AutoCloseable {

    public static final String KEY = "sesame";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final String url;

    private LlamaServer(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    /// @param slots answers at once, each with 2048 tokens of context
    ///
    /// @param more of its options
    public static LlamaServer start(Path folder, int slots, String... more) throws Exception {
        Path program = installed().resolve("run");
        if (!Files.isExecutable(program)) {
            String message = "no llama-server in " + program.getParent() + "; see .ci/llama-server";
            assertThat("true".equals(System.getenv("CI"))).as(message).isFalse();
            Assumptions.abort(message);
        }
        Path model = folder.resolve("tiny.gguf");
        TinyGguf.write(model);
        int port = freePort();
        List<String> command = new ArrayList<>();
        command.addAll(
                List.of(
                        program.toString(),
                        "-m",
                        model.toString(),
                        "--host",
                        "127.0.0.1",
                        "--port",
                        String.valueOf(port),
                        "-t",
                        "1",
                        "-c",
                        String.valueOf(2048 * slots),
                        "-np",
                        String.valueOf(slots),
                        "--jinja",
                        "--api-key",
                        KEY,
                        "--slots",
                        "--no-webui",
                        "--offline"));
        command.addAll(List.of(more));
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("llama.log").toFile())
                        .start();
        var server = new LlamaServer(process, "http://127.0.0.1:" + port);
        try {
            server.awaitHealth(folder.resolve("llama.log"));
        } catch (Exception | AssertionError e) {
            process.destroyForcibly();
            throw e;
        }
        return server;
    }

    public String url() {
        return url;
    }

    String get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url + path)).GET()).body();
    }

    String post(String path, String json) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url + path))
                        .POST(HttpRequest.BodyPublishers.ofString(json)))
                .body();
    }

    boolean isBusy() {
        try {
            return get("/slots").contains("\"is_processing\":true");
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        http.close();
    }

    private HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return http.send(
                request.header("Authorization", "Bearer " + KEY)
                        .timeout(Duration.ofSeconds(10))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private void awaitHealth(Path log) throws Exception {
        long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (true) {
            assertThat(process.isAlive()).as(() -> read(log)).isTrue();
            assertThat(System.nanoTime()).as(() -> read(log)).isLessThan(until);
            try {
                if (get("/health").contains("ok")) {
                    return;
                }
            } catch (IOException _) {
                // not listening yet
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static Path installed() {
        String set = System.getProperty("zhiwen.llama", System.getenv("ZHIWEN_LLAMA"));
        if (set != null && !set.isBlank()) {
            return Path.of(set);
        }
        String cache = System.getenv("XDG_CACHE_HOME");
        Path home =
                cache == null || cache.isBlank()
                        ? Path.of(System.getProperty("user.home"), ".cache")
                        : Path.of(cache);
        return home.resolve("zhiwen").resolve("llama");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
