package io.zhiwen.library;

/// How large a file may be, as of now.
@FunctionalInterface
public interface UploadLimit {

    long bytes();
}
