package io.zhiwen.ingest.parse;

import java.time.Duration;

/// How pages without text are read, under `zhiwen.parse.ocr`.
///
/// @param program Tesseract's; `auto` looks for it where systems keep it, `none` reads no picture
/// @param pageTimeLimit for one page; a page that takes longer stays unread
/// @param mostPages of one file; further ones stay unread
public record OcrSettings(String program, Duration pageTimeLimit, int mostPages) {

    public OcrSettings {
        if (program.isBlank() || !pageTimeLimit.isPositive() || mostPages < 0) {
            throw new IllegalArgumentException(
                    "OCR needs a program, a time limit above zero and a number of pages");
        }
    }

    public static OcrSettings defaults() {
        return new OcrSettings("auto", Duration.ofSeconds(60), 1000);
    }
}
