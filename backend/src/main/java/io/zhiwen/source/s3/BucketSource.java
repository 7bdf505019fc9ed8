package io.zhiwen.source.s3;

import io.zhiwen.outgoing.ForbiddenAddress;
import io.zhiwen.outgoing.ReplyTooLarge;
import io.zhiwen.source.place.LeftOut;
import io.zhiwen.source.place.Look;
import io.zhiwen.source.place.OverALine;
import io.zhiwen.source.place.Patterns;
import io.zhiwen.source.place.Reason;
import io.zhiwen.source.place.Source;
import io.zhiwen.source.place.SourceUnavailable;
import io.zhiwen.source.place.SourceUnavailable.Trouble;
import io.zhiwen.source.place.Thing;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/// The objects of a bucket, a page of a thousand at a time. What has the ETag of the last time is
/// not fetched; what changes between list and fetch comes with a later run.
final class BucketSource implements Source {

    private static final int MOST_OBJECTS = 1_000_000;
    private static final int MOST_PAGES = 5_000;
    private static final Duration LONGEST = Duration.ofHours(6);

    private final S3Client s3;
    private final String bucket;
    private final String prefix;
    private final Patterns patterns;

    BucketSource(S3Client s3, String bucket, String prefix, Patterns patterns) {
        this.s3 = s3;
        this.bucket = bucket;
        this.prefix = prefix;
        this.patterns = patterns;
    }

    @Override
    public void each(Look look) throws SourceUnavailable, IOException, InterruptedException {
        long until = System.nanoTime() + LONGEST.toNanos();
        int objects = 0;
        String next = null;
        for (int page = 0; page < MOST_PAGES; page++) {
            ListObjectsV2Response list = list(next);
            for (S3Object object : list.contents()) {
                if (++objects > MOST_OBJECTS || System.nanoTime() > until) {
                    look.incomplete(Reason.TOO_MANY);
                    return;
                }
                visit(object, look);
            }
            Boolean more = list.isTruncated();
            if (more == null) {
                throw new SourceUnavailable(Trouble.ODD, "no list of an S3 store");
            }
            if (!more) {
                return;
            }
            String after = list.nextContinuationToken();
            if (after == null || after.equals(next)) {
                throw new SourceUnavailable(Trouble.ODD, "a list that does not go on");
            }
            next = after;
        }
        look.incomplete(Reason.TOO_MANY);
    }

    @Override
    public void close() {
        s3.close();
    }

    private ListObjectsV2Response list(@Nullable String from)
            throws SourceUnavailable, InterruptedException {
        try {
            return s3.listObjectsV2(
                    list -> list.bucket(bucket).prefix(prefix).continuationToken(from));
        } catch (AbortedException e) {
            throw new InterruptedException();
        } catch (SdkException e) {
            throw unavailable(e);
        }
    }

    private void visit(S3Object object, Look look) throws IOException, InterruptedException {
        String key = object.key();
        if (!key.startsWith(prefix)) {
            look.leftOut(key, Reason.ODD_ADDRESS, "not below the prefix");
            return;
        }
        String path = key.substring(prefix.lastIndexOf('/') + 1);
        if (key.endsWith("/") || path.isEmpty() || !patterns.want(path)) {
            return; // some stores have an object for each folder
        }
        String etag = String.valueOf(object.eTag());
        long bytes = object.size() == null ? -1 : object.size();
        look.found(
                new Thing(
                        key,
                        key.substring(key.lastIndexOf('/') + 1),
                        etag + " " + bytes,
                        null,
                        () -> fetch(key, object.eTag(), bytes)));
    }

    private InputStream fetch(String key, @Nullable String etag, long bytes)
            throws LeftOut, InterruptedException {
        try {
            ResponseInputStream<GetObjectResponse> body =
                    s3.getObject(get -> get.bucket(bucket).key(key).ifMatch(etag));
            return new OverALine(
                    new FilterInputStream(body) {
                        @Override
                        public void close() {
                            body.abort(); // what is left of it need not come
                        }
                    },
                    bytes);
        } catch (AbortedException e) {
            throw new InterruptedException();
        } catch (S3Exception e) {
            throw new LeftOut(
                    switch (e.statusCode()) {
                        case 404, 412 -> Reason.STILL_WRITTEN;
                        case 401, 403 -> Reason.REFUSED_THERE;
                        default -> Reason.UNREADABLE;
                    },
                    "answers " + e.statusCode());
        } catch (SdkException e) {
            throw new LeftOut(Reason.UNREADABLE, "" + e.getMessage());
        }
    }

    private static SourceUnavailable unavailable(SdkException e) {
        if (e instanceof S3Exception answer) {
            Trouble trouble =
                    switch (answer.statusCode()) {
                        case 401, 403 -> Trouble.REFUSED;
                        case 404 -> Trouble.NOT_FOUND;
                        case 301, 302, 307, 308, 400, 405 -> Trouble.ODD;
                        default -> Trouble.UNREACHABLE;
                    };
            String code =
                    answer.awsErrorDetails() == null ? "" : answer.awsErrorDetails().errorCode();
            return new SourceUnavailable(trouble, "answers " + answer.statusCode() + " " + code, e);
        }
        Trouble trouble = Trouble.ODD;
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case ForbiddenAddress _ -> {
                    return new SourceUnavailable(Trouble.FORBIDDEN, "" + cause.getMessage(), e);
                }
                case ReplyTooLarge _ -> {
                    return new SourceUnavailable(Trouble.TOO_LARGE, "" + cause.getMessage(), e);
                }
                case IOException _ -> trouble = Trouble.UNREACHABLE;
                default -> {
                    // the client's own words
                }
            }
        }
        return new SourceUnavailable(trouble, "" + e.getMessage(), e);
    }
}
