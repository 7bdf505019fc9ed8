package io.zhiwen.ingest.parse;

/// A vision server that is down, too slow or misconfigured.
final class VisionUnavailable extends Exception {

    private static final long serialVersionUID = 1L;

    VisionUnavailable(String message) {
        super(message);
    }

    String detail() {
        return String.valueOf(getMessage());
    }
}
