package io.zhiwen.ingest.parse.worker;

import io.zhiwen.ingest.parse.Finding;
import io.zhiwen.ingest.parse.Finding.Kind;
import io.zhiwen.ingest.parse.OcrSettings;
import io.zhiwen.ingest.parse.Picture.Use;
import io.zhiwen.ingest.parse.ScannedPage;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Reads those pages of a document that are pictures, keeps where their lines stand, and keeps
/// account of what could not be read.
final class OcrPages {

    /// A page as a grey picture, made only when it is going to be read.
    interface Picture {
        BufferedImage grey() throws IOException;
    }

    private final OcrSettings settings;
    private final Blocks to;
    private final Ocr ocr;
    private final List<Integer> read = new ArrayList<>();
    private final List<Integer> poor = new ArrayList<>();
    private final List<Integer> unread = new ArrayList<>();
    private int confidences;
    private int poorConfidences;

    OcrPages(OcrSettings settings, Blocks to) throws IOException {
        this.settings = settings;
        this.to = to;
        this.ocr = Ocr.with(settings);
    }

    boolean isAvailable() {
        return ocr.isAvailable();
    }

    /// Whether a vision model will look at some.
    boolean hasKept() {
        return to.hasPictures();
    }

    boolean isUnused() {
        return read.isEmpty() && unread.isEmpty();
    }

    boolean hasUnread() {
        return !unread.isEmpty();
    }

    /// It stays unread.
    OcrText leave(int number) {
        unread.add(number);
        return OcrText.NOTHING;
    }

    /// @param number from 1
    /// @param scale points a pixel
    OcrText read(int number, float scale, Picture picture) throws IOException {
        if (!ocr.isAvailable() || read.size() + unread.size() >= settings.mostPages()) {
            to.keep(
                    Use.PAGES,
                    number,
                    () -> {
                        to.reading(number - 1);
                        return picture.grey();
                    });
            return leave(number);
        }
        to.reading(number - 1);
        BufferedImage grey = picture.grey();
        OcrText text = ocr.read(grey, scale);
        if (text.characters() == 0) {
            to.keep(Use.PAGES, number, () -> grey);
            return leave(number);
        }
        read.add(number);
        confidences += text.confidence();
        if (text.confidence() < Ocr.LEGIBLE) {
            poor.add(number);
            poorConfidences += text.confidence();
        }
        to.scan(new ScannedPage(number, text.lines()));
        return text;
    }

    /// Says what was read and what was not.
    void tell() {
        if (!read.isEmpty()) {
            to.finding(Finding.onPages(Kind.READ_BY_OCR, read, confidences / read.size()));
        }
        if (!poor.isEmpty()) {
            to.finding(Finding.onPages(Kind.POORLY_LEGIBLE, poor, poorConfidences / poor.size()));
        }
        if (!unread.isEmpty()) {
            Kind kind = ocr.isAvailable() ? Kind.UNREAD : Kind.UNREAD_WITHOUT_OCR;
            to.finding(Finding.onPages(kind, unread, unread.size()));
        }
    }
}
