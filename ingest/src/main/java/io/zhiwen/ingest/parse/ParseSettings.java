package io.zhiwen.ingest.parse;

import java.time.Duration;

/// How files are parsed, under `zhiwen.parse`.
///
/// @param workers worker processes at once, 1 or 2
/// @param heapMegabytes of each worker
/// @param timeLimit for one file, from its start to its last block
/// @param maxChars of text one file may yield
/// @param documentsPerWorker files after which a worker is replaced by a fresh one
/// @param idle time without work after which a worker is stopped
/// @param ocr how pages without text are read
/// @param office what of Office files is read beside what they show
/// @param unpack how much is taken out of archives and mails
/// @param pictures which are kept for a vision model
public record ParseSettings(
        int workers,
        int heapMegabytes,
        Duration timeLimit,
        int maxChars,
        int documentsPerWorker,
        Duration idle,
        OcrSettings ocr,
        OfficeSettings office,
        UnpackSettings unpack,
        PictureSettings pictures) {

    public ParseSettings {
        atLeast("workers", workers, 1);
        atLeast("heapMegabytes", heapMegabytes, 64);
        atLeast("maxChars", maxChars, 1);
        atLeast("documentsPerWorker", documentsPerWorker, 1);
        if (!timeLimit.isPositive() || !idle.isPositive()) {
            throw new IllegalArgumentException("timeLimit and idle must be positive");
        }
    }

    /// No picture is kept.
    public ParseSettings(
            int workers,
            int heapMegabytes,
            Duration timeLimit,
            int maxChars,
            int documentsPerWorker,
            Duration idle,
            OcrSettings ocr,
            OfficeSettings office,
            UnpackSettings unpack) {
        this(
                workers,
                heapMegabytes,
                timeLimit,
                maxChars,
                documentsPerWorker,
                idle,
                ocr,
                office,
                unpack,
                PictureSettings.NONE);
    }

    public static ParseSettings defaults() {
        return new ParseSettings(
                1,
                512,
                Duration.ofSeconds(120),
                20_000_000,
                200,
                Duration.ofSeconds(60),
                OcrSettings.defaults(),
                OfficeSettings.defaults(),
                UnpackSettings.defaults(),
                PictureSettings.NONE);
    }

    /// The same, and pictures are kept.
    public ParseSettings keeping(PictureSettings wanted) {
        return new ParseSettings(
                workers,
                heapMegabytes,
                timeLimit,
                maxChars,
                documentsPerWorker,
                idle,
                ocr,
                office,
                unpack,
                wanted);
    }

    private static void atLeast(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " is " + value + ", less than " + least);
        }
    }
}
