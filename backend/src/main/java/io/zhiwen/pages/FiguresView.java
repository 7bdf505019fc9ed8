package io.zhiwen.pages;

import io.zhiwen.library.BaseFigures;
import java.util.List;
import java.util.Locale;

/// What a base takes up, in words.
final class FiguresView {

    private FiguresView() {}

    static List<String> of(BaseFigures.Figures figures, Words words, Locale locale) {
        var formats = new Formats(locale);
        return List.of(
                words.say(
                        locale,
                        "figures.files",
                        formats.size(figures.originals()),
                        formats.size(figures.older())),
                words.say(
                        locale,
                        "figures.passages",
                        formats.number(figures.passages()),
                        formats.number(figures.tokens())),
                words.say(locale, "figures.vectors", formats.size(figures.vectors())),
                words.say(
                        locale,
                        "figures.models",
                        formats.number(figures.modelTokens()),
                        BaseFigures.DAYS));
    }
}
