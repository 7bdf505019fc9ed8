package io.zhiwen.pages;

import io.zhiwen.library.DocumentFigure;
import java.util.Locale;

/// A figure as pages show it.
///
/// @param alt what it shows, or else which it is
record FigureView(String url, String alt, int width, int height) {

    static final FigureView BLANK = new FigureView("", "", 1, 1);

    static FigureView of(DocumentFigure figure, Words words, Locale locale) {
        return new FigureView(
                "/app/documents/%s/figures/%d".formatted(figure.document(), figure.n()),
                figure.alt().isEmpty()
                        ? words.say(locale, "reader.figure", figure.n())
                        : figure.alt(),
                figure.width(),
                figure.height());
    }
}
