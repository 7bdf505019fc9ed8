package io.zhiwen.ingest.parse.worker;

import io.zhiwen.ingest.parse.OcrSettings;
import io.zhiwen.ingest.parse.UnreadableDocument.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/// Web pages: the main content, without scripts, menus and what is hidden.
final class HtmlReader implements DocumentReader {

    private static final Pattern CHARSET =
            Pattern.compile("(?i)(?:charset|encoding)\\s*=\\s*[\"']?\\s*([\\w.:-]+)");

    private static final String NOISE =
            "script, style, noscript, template, iframe, object, embed, svg, canvas, audio, video,"
                    + " nav, [role=navigation], [role=search], [role=banner] nav, [hidden],"
                    + " [aria-hidden=true], select, button, input, textarea, .mw-editsection,"
                    + " sup.reference, .noprint, .navbox, .mw-jump-link, .sr-only";

    private static final Pattern HIDDEN =
            Pattern.compile(
                    "(?i)(display\\s*:\\s*none|visibility\\s*:\\s*hidden|font-size\\s*:\\s*0(px|pt|em)?\\s*(;|$))");

    private static final String MAIN = "main, [role=main], article, #content, #main";

    private final OcrSettings ocr;

    HtmlReader(OcrSettings ocr) {
        this.ocr = ocr;
    }

    @Override
    public void read(Path file, Blocks to) throws IOException {
        Document page = Jsoup.parse(decode(Bytes.of(file)));
        Figures figures = new Figures(ocr, to);
        to.title(page.title());
        writeBody(page, to, new HtmlPictures(figures, _ -> null));
        figures.tell();
    }

    static String decode(byte[] bytes) {
        String start =
                new String(bytes, 0, Math.min(bytes.length, 4096), StandardCharsets.ISO_8859_1);
        Matcher declared = CHARSET.matcher(start);
        String text = Charsets.decode(bytes, declared.find() ? declared.group(1) : null);
        if (text == null) {
            throw new Refused(Reason.CORRUPT, "not text in any known charset");
        }
        return text;
    }

    static void writeBody(Document page, Blocks to) {
        writeBody(page, to, null);
    }

    /// @param pictures null where they are left out
    static void writeBody(Document page, Blocks to, @Nullable HtmlPictures pictures) {
        page.select(NOISE).remove();
        page.select("[style]")
                .forEach(
                        element -> {
                            if (HIDDEN.matcher(element.attr("style")).find()) {
                                element.remove();
                            }
                        });
        Element main = main(page);
        new HtmlBlocks(to, pictures).write(main == null ? page.body() : main);
    }

    /// The part that says it is the main one, when it holds much of the text.
    private static @Nullable Element main(Document page) {
        int all = page.body().text().length();
        for (Element candidate : page.select(MAIN)) {
            if (candidate.text().length() * 2 > all) {
                return candidate;
            }
        }
        return null;
    }
}
