package io.zhiwen.pages;

import io.zhiwen.account.Access;
import io.zhiwen.account.AccountRefused;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Role;
import io.zhiwen.account.Users;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.Library;
import io.zhiwen.widget.Widget;
import io.zhiwen.widget.WidgetRefused;
import io.zhiwen.widget.WidgetWish;
import io.zhiwen.widget.Widgets;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/// Chats on other sites, for admins: made, tried, and taken back.
@Controller
@RequestMapping("/admin/widgets")
class WidgetPages {

    private final Widgets widgets;
    private final Library library;
    private final Users users;
    private final Access access;
    private final Words words;

    WidgetPages(Widgets widgets, Library library, Users users, Access access, Words words) {
        this.widgets = widgets;
        this.library = library;
        this.users = users;
        this.access = access;
        this.words = words;
    }

    /// @param reader whose rights it has; empty for those of everyone signed in
    /// @param script the tag that shows it
    record Row(
            String id,
            String name,
            String key,
            List<String> origins,
            String bases,
            String reader,
            boolean revoked,
            String created,
            String createdText,
            String used,
            String usedText,
            String script) {}

    /// @param origins one a line
    record Sent(
            @Nullable String name,
            @Nullable String origins,
            @Nullable List<UUID> base,
            @Nullable UUID reader,
            @Nullable Integer requests,
            @Nullable Long tokens) {

        WidgetWish wish() {
            return new WidgetWish(
                    Objects.requireNonNullElse(name, ""),
                    lines(),
                    base == null
                            ? java.util.Set.of()
                            : base.stream().map(KnowledgeBaseId::new).collect(Collectors.toSet()),
                    reader,
                    requests == null || requests < 1 ? null : requests,
                    tokens == null || tokens < 1 ? null : tokens);
        }

        List<String> lines() {
            return Objects.requireNonNullElse(origins, "").lines().toList();
        }
    }

    @GetMapping
    String all(
            Principal.User me,
            @RequestParam(defaultValue = "") String find,
            HttpServletRequest request,
            Model model,
            Locale locale) {
        var bases = NamedBases.readBy(me, library, access);
        var here = ServletUriComponentsBuilder.fromContextPath(request).build().toUriString();
        model.addAttribute(
                "widgets",
                widgets.all(me).stream().map(one -> row(one, bases, here, locale)).toList());
        model.addAttribute("bases", bases.choices());
        var named = Picks.clean(find);
        var members = users.choices(me, named, Role.MEMBER, Picks.READ);
        model.addAttribute("readers", Picks.of(named, members, List.of()));
        return "admin/widgets";
    }

    @PostMapping
    String create(Principal.User me, Sent sent, RedirectAttributes next) {
        try {
            widgets.create(me, sent.wish());
            next.addFlashAttribute("done", words.say("widgets.made"));
        } catch (WidgetRefused refused) {
            next.addFlashAttribute("wrong", sentence(refused));
        } catch (AccountRefused refused) {
            next.addFlashAttribute("wrong", words.say("account." + refused.code()));
        }
        return "redirect:/admin/widgets";
    }

    @PostMapping("/{widget}/origins")
    String allow(Principal.User me, @PathVariable UUID widget, Sent sent, RedirectAttributes next) {
        try {
            if (widgets.allow(me, widget, sent.lines()).isEmpty()) {
                throw new Faults.Gone();
            }
            next.addFlashAttribute("done", words.say("widgets.saved"));
        } catch (WidgetRefused refused) {
            next.addFlashAttribute("wrong", sentence(refused));
        }
        return "redirect:/admin/widgets";
    }

    @PostMapping("/{widget}/revoke")
    String revoke(Principal.User me, @PathVariable UUID widget, RedirectAttributes next) {
        if (!widgets.revoke(me, widget)) {
            throw new Faults.Gone();
        }
        next.addFlashAttribute("done", words.say("widgets.revoked.done"));
        return "redirect:/admin/widgets";
    }

    /// A page with the widget on it, as another site would have it.
    @GetMapping("/{widget}/demo")
    String demo(
            Principal.User me,
            @PathVariable UUID widget,
            @RequestParam(defaultValue = "auto") String language,
            @RequestParam(defaultValue = "auto") String theme,
            Model model) {
        var one =
                widgets.find(me, widget)
                        .filter(each -> !each.revoked())
                        .orElseThrow(Faults.Gone::new);
        model.addAttribute("name", one.name());
        model.addAttribute("key", one.publicKey());
        model.addAttribute("widgetLanguage", language);
        model.addAttribute("widgetTheme", theme);
        return "widget/demo";
    }

    private String sentence(WidgetRefused refused) {
        return words.say("widgets.wrong." + refused.reason().code(), refused.value());
    }

    private static Row row(Widget widget, NamedBases bases, String here, Locale locale) {
        var formats = new Formats(locale);
        var used = widget.lastUsedAt();
        return new Row(
                widget.id().toString(),
                widget.name(),
                widget.publicKey(),
                widget.origins(),
                bases.names(widget.bases(), formats),
                Objects.requireNonNullElse(widget.readerName(), ""),
                widget.revoked(),
                widget.createdAt().toString(),
                formats.day(widget.createdAt()),
                used == null ? "" : used.toString(),
                used == null ? "" : formats.moment(used),
                "<script src=\"%s/assets/js/widget.js\" data-key=\"%s\" data-language=\"auto\" data-theme=\"auto\" defer></script>"
                        .formatted(here, widget.publicKey()));
    }
}
