package io.zhiwen.pages;

import io.zhiwen.ask.stream.Trial;
import java.util.Locale;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// Says on the next page what became of a model's trial.
final class Trials {

    private Trials() {}

    /// As plain values: they wait in the session, which any node may read.
    static void tell(Trial trial, Words words, RedirectAttributes next, Locale locale) {
        var formats = new Formats(locale);
        var failure = trial.failure();
        var first = trial.firstToken();
        next.addFlashAttribute("trialWell", failure == null);
        if (failure != null) {
            var key = "operate.trial." + failure.name().toLowerCase(Locale.ROOT);
            next.addFlashAttribute("trialSaid", words.say(locale, key));
            return;
        }
        next.addFlashAttribute(
                "trialSaid",
                words.say(
                        locale,
                        "operate.model.answered",
                        formats.duration(first == null ? trial.took() : first),
                        formats.duration(trial.took())));
        next.addFlashAttribute("trialSample", trial.sample().strip());
    }
}
