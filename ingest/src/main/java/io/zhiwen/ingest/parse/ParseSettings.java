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
public record ParseSettings(
        int workers,
        int heapMegabytes,
        Duration timeLimit,
        int maxChars,
        int documentsPerWorker,
        Duration idle,
        OcrSettings ocr,
        OfficeSettings office,
        UnpackSettings unpack) {

    public ParseSettings {
        atLeast("workers", workers, 1);
        atLeast("heapMegabytes", heapMegabytes, 64);
        atLeast("maxChars", maxChars, 1);
        atLeast("documentsPerWorker", documentsPerWorker, 1);
        if (!timeLimit.isPositive() || !idle.isPositive()) {
            throw new IllegalArgumentException("timeLimit and idle must be positive");
        }
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
                UnpackSettings.defaults());
    }

    private static void atLeast(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " is " + value + ", less than " + least);
        }
    }
}
