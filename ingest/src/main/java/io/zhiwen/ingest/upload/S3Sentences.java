package io.zhiwen.ingest.upload;

import software.amazon.awssdk.services.s3.model.S3Exception;

/// What a refusal of an S3 store means to its operator, and what to do. Without secrets.
final class S3Sentences {

    private S3Sentences() {}

    static String of(S3Settings settings, Exception cause) {
        if (!(cause instanceof S3Exception refused)) {
            return "The store of originals, %s, cannot be reached: %s. Is it running, and is"
                            .formatted(settings, root(cause))
                    + " zhiwen.blobs.s3.endpoint right?";
        }
        return switch (refused.statusCode()) {
            case 301, 307, 400 ->
                    "The store of originals, %s, refuses the request (%d): check zhiwen.blobs.s3."
                                    .formatted(settings, refused.statusCode())
                            + "region, endpoint and path-style.";
            case 401, 403 ->
                    "The store of originals, %s, refuses access: check zhiwen.blobs.s3.access-key"
                                    .formatted(settings)
                            + " and secret-key, and that this key may list, get, put and delete.";
            case 404 ->
                    "The store of originals has no %s: create it, or set zhiwen.blobs.s3.bucket."
                            .formatted(settings);
            default ->
                    "The store of originals, %s, answered %d."
                            .formatted(settings, refused.statusCode());
        };
    }

    private static String root(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root.getClass().getSimpleName()
                + (root.getMessage() == null ? "" : " (" + root.getMessage() + ")");
    }
}
