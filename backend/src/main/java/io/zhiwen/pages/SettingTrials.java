package io.zhiwen.pages;

import io.zhiwen.operate.OutsideServer;
import io.zhiwen.operate.OutsideServers;
import io.zhiwen.settings.RuntimeSettings;
import io.zhiwen.settings.Setting;
import io.zhiwen.settings.SettingRefused;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// What an admin finds out before it is saved or missed: whether a value is taken, and whether a
/// server that the environment names does what it is there for.
@Controller
class SettingTrials {

    private final RuntimeSettings settings;
    private final OutsideServers servers;
    private final Words words;

    SettingTrials(RuntimeSettings settings, OutsideServers servers, Words words) {
        this.settings = settings;
        this.servers = servers;
        this.words = words;
    }

    /// A field that was left.
    record Left(String key, String value) {}

    /// Why it is not taken, as HTML; nothing when it is.
    @PostMapping("/app/admin/settings/check")
    String check(@RequestBody Left left, Model model, Locale locale) {
        var setting = Setting.of(left.key());
        model.addAttribute(
                "one",
                SettingView.of(
                        settings.now(setting),
                        left.value(),
                        refused(setting, left.value().strip()),
                        words,
                        locale));
        return "admin/settings :: wrong";
    }

    @PostMapping("/admin/settings/servers/{outside}/test")
    String attempt(@PathVariable String outside, RedirectAttributes next, Locale locale) {
        var trial = servers.attempt(outside).orElseThrow(Faults.Gone::new);
        // as plain values: they wait in the session, which any node may read
        next.addFlashAttribute("serverTried", outside);
        next.addFlashAttribute("serverWell", trial.well());
        next.addFlashAttribute("serverSaid", said(outside, trial, locale));
        next.addFlashAttribute("serverDetail", trial.said());
        return "redirect:/admin/settings#servers";
    }

    private String said(String name, OutsideServer.Trial trial, Locale locale) {
        return words.say(
                locale,
                (trial.well() ? "servers.well." : "servers.failed.") + name,
                new Formats(locale).duration(trial.took()));
    }

    private static @Nullable SettingRefused refused(Setting setting, String value) {
        try {
            setting.kind().read(value);
            return null;
        } catch (SettingRefused refused) {
            return refused;
        }
    }
}
