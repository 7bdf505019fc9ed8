package io.zhiwen.ingest.parse.worker;

import io.zhiwen.ingest.parse.UnreadableDocument.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The pictures of a file as pages.
final class PicturePages implements PageSource {

    /// As if each were a scan of 300 dots an inch: what it says itself is often wrong.
    private static final float SCALE = 72 / 300f;

    private final PictureFile picture;
    private final OcrPages ocr;
    private final int frames;
    private int number;
    private long characters;

    PicturePages(PictureFile picture, OcrPages ocr) throws IOException {
        this.picture = picture;
        this.ocr = ocr;
        this.frames = picture.frames();
    }

    @Override
    public boolean hasMore() {
        return number < frames;
    }

    @Override
    public List<PdfPage> next(int most) throws IOException {
        List<PdfPage> pages = new ArrayList<>();
        while (pages.size() < most && hasMore()) {
            int frame = number++;
            OcrText text = ocr.read(number, SCALE, () -> picture.grey(frame));
            characters += text.characters();
            pages.add(PdfPage.ofOcr(number, text));
        }
        return pages;
    }

    @Override
    public int read() {
        return number;
    }

    @Override
    public void tell() {
        if (characters == 0 && !ocr.hasKept()) {
            throw ocr.isAvailable()
                    ? new Refused(Reason.NO_TEXT, frames + " pictures, OCR read nothing")
                    : new Refused(Reason.NO_TEXT_LAYER, frames + " pictures, no OCR");
        }
        ocr.tell();
    }
}
