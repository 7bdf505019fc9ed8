package io.zhiwen.system;

import io.zhiwen.ingest.upload.BlobStore;
import io.zhiwen.ingest.upload.FolderBlobStore;
import io.zhiwen.ingest.upload.S3BlobStore;
import io.zhiwen.ingest.upload.S3Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Where originals are kept.
///
/// @param folder a folder for them, which several nodes may share; empty for one in the data folder
/// @param s3 an S3-compatible store in its place
@ConfigurationProperties("zhiwen.blobs")
record BlobSettings(@DefaultValue("") String folder, @DefaultValue S3 s3) {

    /// @param endpoint e.g. `https://minio.example.org`; empty for Amazon's own
    /// @param bucket its name; empty when originals are kept in a folder
    /// @param region of the bucket; stores other than Amazon's mostly take any
    /// @param accessKey empty to take what the machine has: environment, profile or instance role
    /// @param secretKey never shown
    /// @param prefix what the names of all originals begin with, e.g. `zhiwen/`
    /// @param pathStyle whether the bucket is named in the path, as most stores but Amazon's want
    record S3(
            @DefaultValue("") String endpoint,
            @DefaultValue("") String bucket,
            @DefaultValue("us-east-1") String region,
            @DefaultValue("") String accessKey,
            @DefaultValue("") String secretKey,
            @DefaultValue("") String prefix,
            @DefaultValue("true") boolean pathStyle) {

        boolean isChosen() {
            return !bucket.isBlank();
        }

        S3Settings settings() {
            return new S3Settings(
                    endpoint.isBlank() ? null : URI.create(endpoint),
                    bucket,
                    region,
                    accessKey,
                    secretKey,
                    prefix,
                    pathStyle);
        }

        @Override
        public String toString() {
            return isChosen() ? settings().toString() : "no S3 store";
        }
    }

    BlobSettings {
        if (!folder.isBlank() && s3.isChosen()) {
            throw new IllegalArgumentException(
                    "originals are kept in zhiwen.blobs.folder or in zhiwen.blobs.s3, not in both");
        }
    }

    /// @param usual folder for originals when the settings name nothing else
    /// @param local folder that an S3 store may use on this machine; of this process alone
    BlobStore open(Path usual, Path local) throws IOException {
        if (s3.isChosen()) {
            return S3BlobStore.open(s3.settings(), local);
        }
        return FolderBlobStore.open(folder.isBlank() ? usual : Path.of(folder));
    }
}
