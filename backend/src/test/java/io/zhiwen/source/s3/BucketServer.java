package io.zhiwen.source.s3;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/// A real S3 server, s3proxy over a folder, as a process of its own: it checks signatures.
public final class BucketServer implements AutoCloseable {

    public static final String ACCESS_KEY = "test-access";
    public static final String SECRET_KEY = "test-secret-7f3a";

    private final URI endpoint;
    private final Process process;
    private final S3Client owner;

    public BucketServer(Path folder) throws IOException, InterruptedException {
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.endpoint = URI.create("http://127.0.0.1:" + free.getLocalPort());
        }
        Path buckets = Files.createDirectories(folder.resolve("buckets"));
        var properties = new Properties();
        properties.putAll(
                Map.of(
                        "s3proxy.endpoint",
                        endpoint.toString(),
                        "s3proxy.authorization",
                        "aws-v2-or-v4",
                        "s3proxy.identity",
                        ACCESS_KEY,
                        "s3proxy.credential",
                        SECRET_KEY,
                        "jclouds.provider",
                        "filesystem-nio2",
                        "jclouds.filesystem.basedir",
                        buckets.toString()));
        Path settings = folder.resolve("s3proxy.properties");
        try (var out = Files.newOutputStream(settings)) {
            properties.store(out, null);
        }
        this.process =
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
        for (int tries = 0; !answers(); tries++) {
            if (!process.isAlive() || tries == 1200) {
                process.destroyForcibly();
                throw new IOException(Files.readString(folder.resolve("log")));
            }
            Thread.sleep(25);
        }
        this.owner =
                S3Client.builder()
                        .endpointOverride(endpoint)
                        .region(Region.US_EAST_1)
                        .forcePathStyle(true)
                        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                        .httpClientBuilder(UrlConnectionHttpClient.builder())
                        .credentialsProvider(
                                StaticCredentialsProvider.create(
                                        AwsBasicCredentials.create(ACCESS_KEY, SECRET_KEY)))
                        .build();
    }

    public String endpoint() {
        return endpoint.toString();
    }

    public void make(String bucket) {
        owner.createBucket(create -> create.bucket(bucket));
    }

    public void put(String bucket, String key, String text) {
        owner.putObject(put -> put.bucket(bucket).key(key), RequestBody.fromString(text));
    }

    void delete(String bucket, String key) {
        owner.deleteObject(delete -> delete.bucket(bucket).key(key));
    }

    private boolean answers() {
        try {
            var call = (HttpURLConnection) endpoint.toURL().openConnection();
            call.setConnectTimeout(500);
            call.setReadTimeout(2000);
            return call.getResponseCode() > 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() throws InterruptedException {
        owner.close();
        process.destroyForcibly().waitFor();
    }
}
