package io.zhiwen.ingest.upload;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;

/// A real S3 server, s3proxy over a folder, as a process of its own: it checks signatures and may
/// be killed.
final class S3Server implements AutoCloseable {

    static final String ACCESS_KEY = "test-access";
    static final String SECRET_KEY = "test-secret";

    private final Path folder;
    private final int port;
    private Process process;

    private S3Server(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    static S3Server start(Path folder) throws IOException, InterruptedException {
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            S3Server server = new S3Server(folder, free.getLocalPort());
            free.close();
            server.start();
            return server;
        }
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    S3Settings settings(String bucket) {
        return new S3Settings(
                endpoint(), bucket, "us-east-1", ACCESS_KEY, SECRET_KEY, "zhiwen/", true);
    }

    /// Buckets are folders.
    Path bucket(String name) throws IOException {
        return Files.createDirectories(folder.resolve("buckets").resolve(name));
    }

    void start() throws IOException, InterruptedException {
        Files.createDirectories(folder.resolve("buckets"));
        var properties = new Properties();
        properties.putAll(
                Map.of(
                        "s3proxy.endpoint",
                        endpoint().toString(),
                        "s3proxy.authorization",
                        "aws-v2-or-v4",
                        "s3proxy.identity",
                        ACCESS_KEY,
                        "s3proxy.credential",
                        SECRET_KEY,
                        "jclouds.provider",
                        "filesystem-nio2",
                        "jclouds.filesystem.basedir",
                        folder.resolve("buckets").toString()));
        Path settings = folder.resolve("s3proxy.properties");
        try (var out = Files.newOutputStream(settings)) {
            properties.store(out, null);
        }
        process =
                new ProcessBuilder(
                                ProcessHandle.current().info().command().orElse("java"),
                                "-Xmx96m",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "org.gaul.s3proxy.Main",
                                "--properties",
                                settings.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("log").toFile())
                        .start();
        await();
    }

    /// As a power cut does.
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }

    private void await() throws IOException, InterruptedException {
        Instant deadline = Instant.now().plus(Duration.ofSeconds(60));
        while (!answers()) {
            if (!process.isAlive() || Instant.now().isAfter(deadline)) {
                throw new IOException(Files.readString(folder.resolve("log")));
            }
            Thread.sleep(50);
        }
    }

    private boolean answers() {
        try {
            var call = (HttpURLConnection) endpoint().toURL().openConnection();
            call.setConnectTimeout(500);
            call.setReadTimeout(2000);
            return call.getResponseCode() > 0;
        } catch (IOException e) {
            return false;
        }
    }
}
