package io.zhiwen.library;

/// A folder is not there, or not for the one who asks: both look the same.
public class NoSuchFolder extends RuntimeException {

    public NoSuchFolder(FolderId id) {
        super("no folder " + id);
    }
}
