package io.zhiwen.ingest.store;

/// What PostgreSQL takes as text.
final class Storable {

    private Storable() {}

    /// It holds no NUL; what stands for it is as long, so that spans stay right.
    static String text(String text) {
        return text.replace('\0', '\uFFFD');
    }
}
