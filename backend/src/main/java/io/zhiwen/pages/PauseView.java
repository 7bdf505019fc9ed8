package io.zhiwen.pages;

import io.zhiwen.library.Pause;
import java.util.Locale;

/// Why nothing is taken into work, in words.
///
/// @param whole whether it is so for all bases
/// @param said who paused it and when
record PauseView(boolean whole, String title, String reason, String said) {

    static PauseView of(Pause pause, Words words, Locale locale) {
        return new PauseView(
                pause.whole(),
                words.say(locale, pause.whole() ? "pause.title.all" : "pause.title.base"),
                pause.reason(),
                words.say(
                        locale,
                        "pause.said",
                        pause.by().replaceFirst("^(user|key|source):", ""),
                        new Formats(locale).moment(pause.at())));
    }
}
