package io.zhiwen.ingest.parse;

/// How much is taken out of one file, under `zhiwen.parse.unpack`. A file with more is refused as a
/// whole: half an archive would look like all of it.
///
/// @param mostFiles in an archive or mail
/// @param mostBytes of them together
/// @param deepest archives and mails inside of each other; the file that is uploaded is the first
public record UnpackSettings(int mostFiles, long mostBytes, int deepest) {

    public UnpackSettings {
        if (mostFiles < 1 || mostBytes < 1 || deepest < 1) {
            throw new IllegalArgumentException("limits of unpacking are above zero");
        }
    }

    public static UnpackSettings defaults() {
        return new UnpackSettings(2000, 1L << 30, 3);
    }
}
