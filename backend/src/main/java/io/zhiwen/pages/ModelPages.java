package io.zhiwen.pages;

import io.zhiwen.account.Access;
import io.zhiwen.account.Principal;
import io.zhiwen.ask.stream.ModelServerDraft;
import io.zhiwen.ask.stream.ModelServerRefused;
import io.zhiwen.ask.stream.ModelServers;
import io.zhiwen.ask.stream.ModelState;
import io.zhiwen.ask.stream.Models;
import io.zhiwen.ask.stream.Sampling;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.Library;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// Model servers, for admins: which there are, how they are, which one writes for which base.
@Controller
@RequestMapping("/admin/models")
class ModelPages {

    private static final Duration TRIAL = Duration.ofSeconds(20);

    private final Models models;
    private final ModelServers servers;
    private final Library library;
    private final Access access;
    private final Words words;

    ModelPages(Models models, ModelServers servers, Library library, Access access, Words words) {
        this.models = models;
        this.servers = servers;
        this.library = library;
        this.access = access;
        this.words = words;
    }

    /// @param key `none`, `kept` or `unreadable`
    record ServerView(
            UUID id,
            String name,
            String url,
            String model,
            String key,
            int slots,
            int contextTokens,
            int maxTokens,
            Sampling sampling,
            boolean environment,
            boolean standard,
            boolean asked,
            String rest,
            String used,
            String waiting) {}

    /// @param server the id of the one that was chosen, empty for the one that writes for all
    record BaseView(UUID id, String name, String server) {}

    /// The fields of the form.
    record Fields(
            String name,
            String url,
            String model,
            @Nullable String key,
            @Nullable Boolean noKey,
            @Nullable Integer slots,
            @Nullable Integer contextTokens,
            @Nullable Integer maxTokens,
            @Nullable Double temperature,
            @Nullable Double topP,
            @Nullable Long seed) {

        /// @param existing whether an empty key keeps the one there is
        private ModelServerDraft draft(boolean existing) {
            var typed = key == null ? "" : key.strip();
            boolean keep = existing && typed.isEmpty() && !Boolean.TRUE.equals(noKey);
            return ModelServerDraft.of(
                    name,
                    url,
                    model,
                    keep ? null : typed,
                    slots,
                    contextTokens,
                    maxTokens,
                    temperature,
                    topP,
                    seed);
        }
    }

    @GetMapping
    String all(Principal.User me, Model model, Locale locale) {
        var known = models.all();
        var chosen = models.chosen();
        model.addAttribute("servers", known.stream().map(one -> view(one, locale)).toList());
        model.addAttribute(
                "bases",
                library.bases(access.everythingFor(me)).stream()
                        .map(
                                base ->
                                        new BaseView(
                                                base.id().value(),
                                                base.name(),
                                                chosen.containsKey(base.id())
                                                        ? String.valueOf(chosen.get(base.id()))
                                                        : ""))
                        .toList());
        return "admin/models";
    }

    @PostMapping
    String add(Principal.User me, Fields fields, RedirectAttributes next, Locale locale) {
        return done(next, locale, () -> tryOut(servers.add(me, fields.draft(false)), next, locale));
    }

    @PostMapping("/{id}")
    String change(
            Principal.User me,
            @PathVariable UUID id,
            Fields fields,
            RedirectAttributes next,
            Locale locale) {
        return done(
                next,
                locale,
                () -> {
                    servers.change(me, id, fields.draft(true));
                    tryOut(id, next, locale);
                });
    }

    @PostMapping("/{id}/test")
    String test(@PathVariable UUID id, RedirectAttributes next, Locale locale) {
        return done(next, locale, () -> tryOut(id, next, locale));
    }

    @PostMapping("/{id}/standard")
    String makeStandard(
            Principal.User me, @PathVariable UUID id, RedirectAttributes next, Locale locale) {
        return done(next, locale, () -> servers.makeStandard(me, id));
    }

    @PostMapping("/{id}/delete")
    String delete(
            Principal.User me, @PathVariable UUID id, RedirectAttributes next, Locale locale) {
        return done(
                next,
                locale,
                () -> {
                    servers.delete(me, id);
                    next.addFlashAttribute("done", words.say(locale, "models.deleted"));
                });
    }

    @PostMapping("/bases")
    String choose(
            Principal.User me,
            @RequestParam UUID base,
            @RequestParam(required = false) @Nullable UUID server,
            RedirectAttributes next,
            Locale locale) {
        return done(
                next,
                locale,
                () -> {
                    servers.choose(me, new KnowledgeBaseId(base), server);
                    next.addFlashAttribute("done", words.say(locale, "models.chosen"));
                });
    }

    private String done(RedirectAttributes next, Locale locale, Runnable change) {
        try {
            change.run();
        } catch (ModelServerRefused refused) {
            next.addFlashAttribute(
                    "wrong", words.say(locale, "models.refused." + refused.reason().code()));
        }
        return "redirect:/admin/models";
    }

    private void tryOut(UUID id, RedirectAttributes next, Locale locale) {
        models.trial(id, TRIAL)
                .ifPresent(
                        trial -> {
                            Trials.tell(trial, words, next, locale);
                            next.addFlashAttribute("trialOf", id.toString());
                        });
    }

    private ServerView view(Models.Known known, Locale locale) {
        var server = known.server();
        var state = known.state();
        return new ServerView(
                server.id(),
                server.name(),
                state.url(),
                server.model(),
                server.keyState(),
                server.slots(),
                server.contextTokens(),
                server.maxTokens(),
                server.sampling(),
                server.isOfEnvironment(),
                known.standard(),
                state.rest() == ModelState.Rest.ASKED,
                words.say(locale, "operate.model." + state.rest().name().toLowerCase(Locale.ROOT)),
                words.say(locale, "operate.model.slots.used", state.used(), state.slots()),
                state.waiting() == 0
                        ? ""
                        : words.say(locale, "operate.model.waiting", state.waiting()));
    }
}
