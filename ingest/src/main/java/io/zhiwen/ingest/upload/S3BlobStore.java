package io.zhiwen.ingest.upload;

import io.zhiwen.ingest.failpoint.Failpoint;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Blobs in a bucket of any S3-compatible store, as `prefix` + hash. An upload is spooled and
/// hashed here first, then sent in one request whose checksum the store verifies: so a blob is
/// there whole or not at all. What is read is fetched to this machine and hashed.
public final class S3BlobStore implements BlobStore, AutoCloseable {

    private static final Pattern BLOB = Pattern.compile("[0-9a-f]{64}");
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration SILENCE = Duration.ofSeconds(30);
    private static final long KEPT_COPIES = 512L << 20;

    private final S3Settings settings;
    private final S3Client s3;
    private final Spool spool;
    private final LocalCopies copies;

    private S3BlobStore(S3Settings settings, S3Client s3, Spool spool, LocalCopies copies) {
        this.settings = settings;
        this.s3 = s3;
        this.spool = spool;
        this.copies = copies;
    }

    /// Makes sure that the bucket can be read and written.
    ///
    /// @param local folder for uploads on their way in and for copies; of this process alone
    /// @throws BlobStoreUnavailable when the store cannot be used, saying what to do
    public static S3BlobStore open(S3Settings settings, Path local) throws IOException {
        Path incoming = Files.createDirectories(local.resolve("incoming"));
        S3BlobStore store =
                new S3BlobStore(
                        settings,
                        client(settings),
                        new Spool(incoming),
                        LocalCopies.in(local.resolve("copies"), KEPT_COPIES));
        try {
            store.spool.sweep();
            store.check();
            return store;
        } catch (IOException | RuntimeException e) {
            store.close();
            throw e;
        }
    }

    @Override
    public Stored put(InputStream bytes, long maxBytes) throws IOException {
        try (Spool.Spooled upload = spool.take(bytes, maxBytes)) {
            byte[] hash = HexFormat.of().parseHex(upload.sha256().hex());
            s3.putObject(
                    put ->
                            put.bucket(settings.bucket())
                                    .key(key(upload.sha256()))
                                    .contentLength(upload.bytes())
                                    .checksumSHA256(Base64.getEncoder().encodeToString(hash)),
                    RequestBody.fromFile(upload.path()));
            Failpoint.AFTER_RENAME.pass();
            return new Stored(upload.sha256(), upload.bytes());
        } catch (SdkException e) {
            throw unavailable(e);
        }
    }

    @Override
    public boolean contains(Sha256 hash) throws IOException {
        try {
            s3.headObject(head -> head.bucket(settings.bucket()).key(key(hash)));
            return true;
        } catch (S3Exception e) {
            if (e.statusCode() == 404) {
                requireBucket();
                return false;
            }
            throw unavailable(e);
        } catch (SdkException e) {
            throw unavailable(e);
        }
    }

    @Override
    public LocalBlob local(Sha256 hash) throws IOException {
        try {
            return copies.get(hash, () -> fetch(hash));
        } catch (SdkException e) {
            throw unavailable(e);
        }
    }

    @Override
    public boolean delete(Sha256 hash) throws IOException {
        boolean there = contains(hash);
        try {
            s3.deleteObject(delete -> delete.bucket(settings.bucket()).key(key(hash)));
        } catch (SdkException e) {
            throw unavailable(e);
        }
        copies.forget(hash);
        return there;
    }

    @Override
    public void list(Consumer<Listed> each) throws IOException {
        int prefix = settings.prefix().length();
        try {
            s3
                    .listObjectsV2Paginator(
                            list -> list.bucket(settings.bucket()).prefix(settings.prefix()))
                    .contents()
                    .stream()
                    .filter(object -> BLOB.matcher(object.key().substring(prefix)).matches())
                    .map(
                            object ->
                                    new Listed(
                                            new Sha256(object.key().substring(prefix)),
                                            object.size(),
                                            object.lastModified()))
                    .forEach(each);
        } catch (SdkException e) {
            throw unavailable(e);
        }
    }

    @Override
    public void sweep() throws IOException {
        spool.sweep();
    }

    @Override
    public Path incoming() {
        return spool.folder();
    }

    @Override
    public void close() {
        s3.close();
    }

    private static S3Client client(S3Settings settings) {
        var builder =
                S3Client.builder()
                        .region(Region.of(settings.region()))
                        .credentialsProvider(credentials(settings))
                        .forcePathStyle(settings.pathStyle())
                        // beside the checksum we send and the hash we take, which any store takes
                        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                        .serviceConfiguration(s3 -> s3.chunkedEncodingEnabled(false))
                        .httpClientBuilder(
                                UrlConnectionHttpClient.builder()
                                        .connectionTimeout(CONNECT)
                                        .socketTimeout(SILENCE));
        if (settings.endpoint() != null) {
            builder.endpointOverride(settings.endpoint());
        }
        return builder.build();
    }

    private static AwsCredentialsProvider credentials(S3Settings settings) {
        return settings.accessKey().isBlank()
                ? DefaultCredentialsProvider.builder().build()
                : StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(settings.accessKey(), settings.secretKey()));
    }

    private String key(Sha256 hash) {
        return settings.prefix() + hash.hex();
    }

    /// Reads and writes once, as the product will.
    private void check() throws IOException {
        requireBucket();
        try {
            s3.listObjectsV2(
                    list -> list.bucket(settings.bucket()).prefix(settings.prefix()).maxKeys(1));
            s3.putObject(
                    put -> put.bucket(settings.bucket()).key(settings.prefix() + "zhiwen-was-here"),
                    RequestBody.empty());
        } catch (SdkException e) {
            throw unavailable(e);
        }
    }

    private void requireBucket() throws IOException {
        try {
            s3.headBucket(head -> head.bucket(settings.bucket()));
        } catch (SdkException e) {
            throw unavailable(e);
        }
    }

    private InputStream fetch(Sha256 hash) throws IOException {
        InputStream body;
        try {
            body = s3.getObject(get -> get.bucket(settings.bucket()).key(key(hash)));
        } catch (S3Exception e) {
            if (e.statusCode() == 404) {
                requireBucket();
                throw DamagedBlob.missing(hash);
            }
            throw unavailable(e);
        }
        return new FilterInputStream(body) {
            @Override
            public int read(byte[] to, int from, int length) throws IOException {
                try {
                    return super.read(to, from, length);
                } catch (IOException e) {
                    throw unavailable(e);
                }
            }
        };
    }

    private BlobStoreUnavailable unavailable(Exception cause) {
        if (cause instanceof AbortedException) {
            Thread.currentThread().interrupt(); // which the client has cleared
        }
        return new BlobStoreUnavailable(S3Sentences.of(settings, cause), cause);
    }
}
