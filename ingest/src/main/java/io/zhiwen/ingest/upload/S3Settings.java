package io.zhiwen.ingest.upload;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/// Where an S3-compatible store is and how to enter it.
///
/// @param endpoint null for Amazon's own
/// @param accessKey empty to take what the machine has: environment, profile or instance role
/// @param prefix what the keys of all blobs begin with, e.g. `zhiwen/`; may be empty
/// @param pathStyle whether the bucket is named in the path rather than in the host's name
public record S3Settings(
        @Nullable URI endpoint,
        String bucket,
        String region,
        String accessKey,
        String secretKey,
        String prefix,
        boolean pathStyle) {

    public S3Settings {
        if (bucket.isBlank()) {
            throw new IllegalArgumentException("an S3 store needs a bucket");
        }
        if (accessKey.isBlank() != secretKey.isBlank()) {
            throw new IllegalArgumentException(
                    "an S3 store needs both the access key and the secret key, or neither");
        }
    }

    /// For people; without secrets.
    @Override
    public String toString() {
        return "bucket %s at %s".formatted(bucket, endpoint == null ? "AWS " + region : endpoint);
    }
}
