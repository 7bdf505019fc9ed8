package io.zhiwen.ingest.upload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The disk that uploads are spooled to is full, or nearly so; nothing of the upload was kept.
public final class NoRoom extends IOException {

    private static final long serialVersionUID = 1L;

    /// Less than one write of any program needs.
    private static final long FULL = 64 * 1024;

    public NoRoom(Path folder, long free) {
        super("only %d bytes are free for uploads in %s".formatted(free, folder));
    }

    private NoRoom(Path folder, IOException cause) {
        super("the disk of " + folder + " is full", cause);
    }

    /// What a failed write to `folder` means: the very exception, or this one. Systems say it in
    /// their own words and languages, so the disk is asked too.
    public static IOException or(IOException failure, Path folder) {
        return isMeantBy(failure, folder) ? new NoRoom(folder, failure) : failure;
    }

    public static boolean isMeantBy(Throwable failure, Path folder) {
        String words = String.valueOf(failure.getMessage());
        return failure instanceof IOException
                && (words.contains("No space left on device")
                        || words.contains("Disk quota exceeded")
                        || free(folder) < FULL);
    }

    private static long free(Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            return Long.MAX_VALUE; // unknown: then it is not what we say
        }
    }
}
