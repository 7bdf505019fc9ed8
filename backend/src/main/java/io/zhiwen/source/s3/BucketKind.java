package io.zhiwen.source.s3;

import io.zhiwen.outgoing.OutgoingHttp;
import io.zhiwen.source.place.Field;
import io.zhiwen.source.place.Patterns;
import io.zhiwen.source.place.Place;
import io.zhiwen.source.place.Source;
import io.zhiwen.source.place.SourceKind;
import io.zhiwen.source.place.SourceUnavailable;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/// A bucket of Amazon S3, MinIO, Aliyun OSS, Tencent COS or another store that speaks as they do.
/// The
/// keys of this machine are never used, only those of the source.
@Component
public final class BucketKind implements SourceKind {

    private static final int TRIES = 2;

    private static final Field ENDPOINT = Field.optional("endpoint", Field.Type.TEXT);
    private static final Field REGION = Field.text("region", "us-east-1");
    private static final Field BUCKET = Field.required("bucket", Field.Type.TEXT);
    private static final Field PREFIX = Field.optional("prefix", Field.Type.TEXT);
    private static final Field PATH_STYLE = Field.choice("path_style", true);
    private static final Field ACCESS_KEY = Field.optional("access_key", Field.Type.TEXT);
    private static final Field SECRET_KEY = Field.optional("secret_key", Field.Type.SECRET);

    private final OutgoingHttp http;

    public BucketKind(OutgoingHttp http) {
        this.http = http;
    }

    @Override
    public String name() {
        return "s3";
    }

    @Override
    public List<Field> fields() {
        return List.of(
                ENDPOINT,
                REGION,
                BUCKET,
                PREFIX,
                PATH_STYLE,
                Patterns.INCLUDE,
                Patterns.EXCLUDE,
                ACCESS_KEY,
                SECRET_KEY);
    }

    @Override
    public String where(Place place) {
        String endpoint = place.text(ENDPOINT.name()).replaceFirst("/+$", "");
        return (endpoint.isEmpty() ? "s3:/" : endpoint)
                + "/"
                + place.text(BUCKET.name())
                + "/"
                + place.text(PREFIX.name());
    }

    @Override
    public String confidant(Place place) {
        return place.text(ENDPOINT.name());
    }

    @Override
    public Source open(Place place) throws SourceUnavailable {
        return new BucketSource(
                client(place),
                place.text(BUCKET.name()),
                place.text(PREFIX.name()),
                Patterns.of(place));
    }

    private S3Client client(Place place) throws SourceUnavailable {
        URI endpoint = endpoint(place.text(ENDPOINT.name()));
        String region = place.text(REGION.name());
        if (!region.matches("[a-zA-Z0-9-]{0,40}")) {
            throw Place.unusable("no region: " + region);
        }
        var builder =
                S3Client.builder()
                        .region(Region.of(region.isEmpty() ? REGION.standard() : region))
                        .credentialsProvider(credentials(place))
                        .forcePathStyle(endpoint != null && place.isSet(PATH_STYLE))
                        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                        .overrideConfiguration(
                                each -> each.retryStrategy(retry -> retry.maxAttempts(TRIES)))
                        .httpClient(new GuardedS3Http(http));
        if (endpoint != null) {
            builder.endpointOverride(endpoint);
        }
        return builder.build();
    }

    private static @Nullable URI endpoint(String said) throws SourceUnavailable {
        if (said.isEmpty()) {
            return null;
        }
        try {
            var uri = new URI(said);
            String scheme = String.valueOf(uri.getScheme());
            boolean web = scheme.equalsIgnoreCase("https") || scheme.equalsIgnoreCase("http");
            if (web && uri.getHost() != null && uri.getRawUserInfo() == null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw Place.unusable("no address: " + e.getMessage());
        }
        throw Place.unusable("only https:// and http:// addresses of stores");
    }

    private static AwsCredentialsProvider credentials(Place place) throws SourceUnavailable {
        String key = place.text(ACCESS_KEY.name());
        String secret = place.text(SECRET_KEY.name());
        if (key.isEmpty() != secret.isEmpty()) {
            throw Place.unusable("both keys, or neither for a public bucket");
        }
        return key.isEmpty()
                ? AnonymousCredentialsProvider.create()
                : StaticCredentialsProvider.create(AwsBasicCredentials.create(key, secret));
    }
}
