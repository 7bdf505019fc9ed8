package io.zhiwen.pages;

import io.zhiwen.account.Access;
import io.zhiwen.account.Principal;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.Library;
import io.zhiwen.webhook.Webhook;
import io.zhiwen.webhook.WebhookRefused;
import io.zhiwen.webhook.WebhookWish;
import io.zhiwen.webhook.Webhooks;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// Addresses that are told what happens, for admins. A secret is shown once.
@Controller
@RequestMapping("/admin/webhooks")
class WebhookPages {

    private final Webhooks webhooks;
    private final Library library;
    private final Access access;
    private final Words words;

    WebhookPages(Webhooks webhooks, Library library, Access access, Words words) {
        this.webhooks = webhooks;
        this.library = library;
        this.access = access;
        this.words = words;
    }

    /// @param bases their names; empty for all
    /// @param failing why the last try failed; may be empty
    record Row(
            String id,
            String name,
            String url,
            List<String> events,
            String bases,
            String waiting,
            String failing,
            List<Told> told) {}

    /// @param state `delivered`, `waiting` or `given-up`
    record Told(String event, String at, String atText, int tries, String state, String said) {}

    @GetMapping
    String all(Principal.User me, Model model, Locale locale) {
        var bases = NamedBases.readBy(me, library, access);
        model.addAttribute(
                "webhooks",
                webhooks.all(me).stream().map(one -> row(me, one, bases, locale)).toList());
        model.addAttribute("bases", bases.choices());
        model.addAttribute(
                "events", Arrays.stream(Webhook.Event.values()).map(Webhook.Event::code).toList());
        return "admin/webhooks";
    }

    @PostMapping
    String create(
            Principal.User me,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String url,
            @RequestParam(defaultValue = "") List<String> event,
            @RequestParam(defaultValue = "") List<UUID> base,
            RedirectAttributes next) {
        var events =
                event.stream()
                        .flatMap(code -> Webhook.Event.of(code).stream())
                        .collect(Collectors.toSet());
        var bases = base.stream().map(KnowledgeBaseId::new).collect(Collectors.toSet());
        try {
            var made = webhooks.create(me, new WebhookWish(name, url, events, bases));
            next.addFlashAttribute("secret", made.secret());
            next.addFlashAttribute("secretName", made.webhook().name());
        } catch (WebhookRefused refused) {
            next.addFlashAttribute("wrong", words.say("webhooks.wrong." + refused.reason().code()));
        }
        return "redirect:/admin/webhooks";
    }

    @PostMapping("/{webhook}/ping")
    String ping(Principal.User me, @PathVariable UUID webhook, RedirectAttributes next) {
        return done(webhooks.ping(me, webhook), "webhooks.pinged", next);
    }

    @PostMapping("/{webhook}/again")
    String again(Principal.User me, @PathVariable UUID webhook, RedirectAttributes next) {
        return done(webhooks.again(me, webhook), "webhooks.trying", next);
    }

    @PostMapping("/{webhook}/delete")
    String delete(Principal.User me, @PathVariable UUID webhook, RedirectAttributes next) {
        return done(webhooks.delete(me, webhook), "webhooks.deleted", next);
    }

    private String done(boolean there, String said, RedirectAttributes next) {
        if (!there) {
            throw new Faults.Gone();
        }
        next.addFlashAttribute("done", words.say(said));
        return "redirect:/admin/webhooks";
    }

    private Row row(Principal.User me, Webhook one, NamedBases bases, Locale locale) {
        var formats = new Formats(locale);
        var failing = one.failing();
        return new Row(
                one.id().toString(),
                one.name(),
                one.url(),
                one.events().stream().sorted().map(Webhook.Event::code).toList(),
                bases.names(one.bases(), formats),
                formats.number(one.waiting()),
                failing == null ? "" : failing,
                webhooks.deliveries(me, one.id()).orElseThrow().stream()
                        .map(told -> told(told, formats))
                        .toList());
    }

    private static Told told(Webhook.Delivery one, Formats formats) {
        var state = one.dueAt() == null ? "given-up" : "waiting";
        return new Told(
                one.event(),
                one.at().toString(),
                formats.moment(one.at()),
                one.tries(),
                one.deliveredAt() == null ? state : "delivered",
                one.said());
    }
}
