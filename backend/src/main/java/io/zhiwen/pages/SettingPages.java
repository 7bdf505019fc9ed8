package io.zhiwen.pages;

import io.zhiwen.account.Principal;
import io.zhiwen.operate.OutsideServer;
import io.zhiwen.operate.OutsideServers;
import io.zhiwen.settings.Kind;
import io.zhiwen.settings.Picture;
import io.zhiwen.settings.RuntimeSettings;
import io.zhiwen.settings.Setting;
import io.zhiwen.settings.SettingRefused;
import io.zhiwen.settings.SettingRow;
import io.zhiwen.settings.Source;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// What admins change while the product runs: each with where it comes from.
@Controller
@RequestMapping("/admin/settings")
class SettingPages {

    private static final String VIEW = "admin/settings";
    private static final String PAGE = "redirect:/admin/settings";
    private static final String WAS = "was.";

    private final RuntimeSettings settings;
    private final OutsideServers servers;
    private final PageModel pages;
    private final Words words;

    SettingPages(RuntimeSettings settings, OutsideServers servers, PageModel pages, Words words) {
        this.settings = settings;
        this.servers = servers;
        this.pages = pages;
        this.words = words;
    }

    /// Settings with a form in common.
    ///
    /// @param name the end of the keys of its words
    /// @param look whether it can be tried without saving
    record GroupView(String name, boolean look, List<SettingView> settings) {}

    /// @param variable of the environment that names it
    record ServerView(String name, String label, String address, String variable) {}

    @GetMapping
    String page(Principal.User me, Model model, Locale locale) {
        return show(me, Map.of(), Map.of(), model, locale);
    }

    /// All that was changed in the form, or nothing and why.
    @PostMapping
    String save(
            Principal.User me,
            @RequestParam Map<String, String> entered,
            Model model,
            RedirectAttributes next,
            Locale locale) {
        var wrong = wrong(me, entered);
        if (!wrong.isEmpty()) {
            model.addAttribute("wrong", words.say(locale, "setting.wrong"));
            return show(me, entered, wrong, model, locale);
        }
        return done(next, locale, () -> settings.change(me, changedIn(me, entered)));
    }

    /// The page with name and colour as they were entered, for whoever tries them.
    @PostMapping("/preview")
    String preview(
            Principal.User me,
            @RequestParam Map<String, String> entered,
            Model model,
            Locale locale) {
        var wrong = wrong(me, entered);
        if (wrong.isEmpty()) {
            var changed = changedIn(me, entered);
            pages.look(
                    model,
                    locale,
                    tried(Setting.PRODUCT_NAME, changed),
                    tried(Setting.PRODUCT_COLOUR, changed));
            if (changed.containsKey(Setting.ANNOUNCEMENT)) {
                var text = tried(Setting.ANNOUNCEMENT, changed);
                model.addAttribute(
                        "announcement", text.isEmpty() ? null : new Announcement("", text));
            }
            model.addAttribute("done", words.say(locale, "setting.previewed"));
        } else {
            model.addAttribute("wrong", words.say(locale, "setting.wrong"));
        }
        return show(me, entered, wrong, model, locale);
    }

    @PostMapping("/logo")
    String logo(
            Principal.User me,
            @RequestParam MultipartFile file,
            RedirectAttributes next,
            Locale locale)
            throws IOException {
        var given = Picture.of(file.getBytes()).map(Picture::dataUri).orElse("?");
        return done(next, locale, () -> settings.change(me, Map.of(Setting.PRODUCT_LOGO, given)));
    }

    @PostMapping("/reset")
    String reset(
            Principal.User me,
            @RequestParam("reset") String key,
            RedirectAttributes next,
            Locale locale) {
        var setting = Setting.of(key);
        return done(next, locale, () -> settings.reset(me, setting));
    }

    private String done(RedirectAttributes next, Locale locale, Supplier<Integer> change) {
        try {
            next.addFlashAttribute("done", words.say(locale, "setting.saved", change.get()));
        } catch (SettingRefused refused) {
            next.addFlashAttribute("wrong", SettingView.why(refused, words, locale));
        }
        return PAGE;
    }

    private String show(
            Principal.User me,
            Map<String, String> entered,
            Map<Setting, SettingRefused> wrong,
            Model model,
            Locale locale) {
        var rows = settings.all(me);
        model.addAttribute(
                "groups",
                Arrays.stream(Setting.Group.values())
                        .map(
                                group ->
                                        new GroupView(
                                                group.name().toLowerCase(Locale.ROOT),
                                                group == Setting.Group.LOOK,
                                                rows.stream()
                                                        .filter(
                                                                row ->
                                                                        row.setting().group()
                                                                                == group)
                                                        .filter(row -> !isImage(row))
                                                        .map(
                                                                row ->
                                                                        view(
                                                                                row, entered, wrong,
                                                                                locale))
                                                        .toList()))
                        .toList());
        model.addAttribute(
                "images",
                rows.stream()
                        .filter(SettingPages::isImage)
                        .map(row -> view(row, Map.of(), Map.of(), locale))
                        .toList());
        model.addAttribute(
                "servers", servers.all().stream().map(one -> view(one, locale)).toList());
        return VIEW;
    }

    private SettingView view(
            SettingRow row,
            Map<String, String> entered,
            Map<Setting, SettingRefused> wrong,
            Locale locale) {
        var setting = row.setting();
        return SettingView.of(row, entered.get(setting.key()), wrong.get(setting), words, locale);
    }

    private ServerView view(OutsideServer server, Locale locale) {
        return new ServerView(
                server.name(),
                words.say(locale, "servers.name." + server.name()),
                server.address(),
                SettingView.variable(server.setting()));
    }

    private static boolean isImage(SettingRow row) {
        return row.setting().kind() instanceof Kind.Image;
    }

    private Map<Setting, SettingRefused> wrong(Principal.User me, Map<String, String> entered) {
        Map<Setting, SettingRefused> wrong = new EnumMap<>(Setting.class);
        changedIn(me, entered)
                .forEach(
                        (setting, given) -> {
                            try {
                                setting.kind().read(given);
                            } catch (SettingRefused refused) {
                                wrong.put(setting, refused);
                            }
                        });
        return wrong;
    }

    /// What its form did not come with; so that a page that lay open for long takes nothing back
    /// that somebody else changed meanwhile.
    private Map<Setting, String> changedIn(Principal.User me, Map<String, String> entered) {
        Map<Setting, String> changed = new EnumMap<>(Setting.class);
        for (var row : settings.all(me)) {
            var key = row.setting().key();
            var given = entered.getOrDefault(key, row.value()).strip();
            if (row.source() != Source.ENVIRONMENT
                    && !given.equals(entered.getOrDefault(WAS + key, row.value()))) {
                changed.put(row.setting(), given);
            }
        }
        return changed;
    }

    private String tried(Setting setting, Map<Setting, String> changed) {
        var given = changed.get(setting);
        return given == null ? settings.text(setting) : setting.kind().read(given);
    }
}
