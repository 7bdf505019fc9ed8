package io.zhiwen.pages;

import io.zhiwen.account.Access;
import io.zhiwen.account.NotAllowed;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Right;
import io.zhiwen.ask.prompt.Instructions;
import io.zhiwen.ask.stream.Models;
import io.zhiwen.assistant.AssistantRefused;
import io.zhiwen.assistant.AssistantWish;
import io.zhiwen.assistant.Assistants;
import io.zhiwen.assistant.SeenAssistant;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.Library;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// Assistants: seen by those who use them, made and changed by those who manage their bases.
@Controller
@RequestMapping("/library/assistants")
class AssistantPages {

    private final Assistants assistants;
    private final Models models;
    private final Library library;
    private final Access access;
    private final Words words;

    AssistantPages(
            Assistants assistants, Models models, Library library, Access access, Words words) {
        this.assistants = assistants;
        this.models = models;
        this.library = library;
        this.access = access;
        this.words = words;
    }

    record Row(
            String id,
            String name,
            String description,
            String bases,
            boolean on,
            boolean empty,
            boolean usable,
            boolean changeable) {}

    record Server(String id, String name) {}

    /// A form as it was sent.
    ///
    /// @param openings one a line
    record Sent(
            String name,
            String description,
            String role,
            String task,
            String requirements,
            String notes,
            String openings,
            @Nullable List<UUID> base,
            @Nullable UUID server,
            @Nullable Boolean enabled) {

        static final Sent NEW = new Sent("", "", "", "", "", "", "", null, null, true);

        Sent {
            name = Objects.requireNonNullElse(name, "");
            description = Objects.requireNonNullElse(description, "");
            role = Objects.requireNonNullElse(role, "");
            task = Objects.requireNonNullElse(task, "");
            requirements = Objects.requireNonNullElse(requirements, "");
            notes = Objects.requireNonNullElse(notes, "");
            openings = Objects.requireNonNullElse(openings, "");
        }

        static Sent of(SeenAssistant seen) {
            var one = seen.assistant();
            var told = one.instructions();
            return new Sent(
                    one.name(),
                    one.description(),
                    told.role(),
                    told.task(),
                    told.requirements(),
                    told.notes(),
                    String.join("\n", one.openings()),
                    one.bases().stream().map(KnowledgeBaseId::value).toList(),
                    one.server(),
                    one.enabled());
        }

        Set<UUID> bases() {
            return base == null ? Set.of() : Set.copyOf(base);
        }

        boolean isTooLong() {
            return Stream.of(role, task, requirements, notes)
                    .anyMatch(part -> part.length() > Instructions.LONGEST);
        }

        AssistantWish wish(@Nullable UUID writes) {
            return new AssistantWish(
                    name,
                    description,
                    bases().stream().map(KnowledgeBaseId::new).collect(Collectors.toSet()),
                    new Instructions(role, task, requirements, notes),
                    writes,
                    openings.lines().toList(),
                    Boolean.TRUE.equals(enabled));
        }
    }

    @GetMapping
    String all(Principal.User me, Model model, Locale locale) {
        var bases = NamedBases.readBy(me, library, access);
        var formats = new Formats(locale);
        model.addAttribute(
                "assistants",
                assistants.of(me).stream().map(one -> row(one, bases, formats)).toList());
        model.addAttribute("mayCreate", assistants.mayCreate(me));
        return "library/assistants";
    }

    @GetMapping("/new")
    String anew(Principal.User me, Model model) {
        if (!assistants.mayCreate(me)) {
            throw new NotAllowed("make assistants");
        }
        return form(me, null, Sent.NEW, model);
    }

    @GetMapping("/{assistant}")
    String one(Principal.User me, @PathVariable UUID assistant, Model model) {
        return form(me, assistant, Sent.of(changeable(me, assistant)), model);
    }

    @PostMapping
    String create(
            Principal.User me, Sent sent, Model model, RedirectAttributes next, Locale locale) {
        return saved(
                me,
                null,
                sent,
                () -> assistants.create(me, sent.wish(sent.server())),
                model,
                next,
                locale);
    }

    @PostMapping("/{assistant}")
    String change(
            Principal.User me,
            @PathVariable UUID assistant,
            Sent sent,
            Model model,
            RedirectAttributes next,
            Locale locale) {
        var before = changeable(me, assistant).assistant().server();
        var writes = me.isAdmin() ? sent.server() : before;
        return saved(
                me,
                assistant,
                sent,
                () -> assistants.change(me, assistant, sent.wish(writes)),
                model,
                next,
                locale);
    }

    @PostMapping("/{assistant}/delete")
    String delete(Principal.User me, @PathVariable UUID assistant, RedirectAttributes next) {
        if (!assistants.delete(me, assistant)) {
            throw new Faults.Gone();
        }
        next.addFlashAttribute("done", words.say("assistants.deleted"));
        return "redirect:/library/assistants";
    }

    private String saved(
            Principal.User me,
            @Nullable UUID id,
            Sent sent,
            Runnable change,
            Model model,
            RedirectAttributes next,
            Locale locale) {
        if (sent.isTooLong()) {
            model.addAttribute(
                    "wrong", words.say(locale, "library.prompt.long", Instructions.LONGEST));
            return form(me, id, sent, model);
        }
        try {
            change.run();
        } catch (AssistantRefused refused) {
            model.addAttribute(
                    "wrong", words.say(locale, "assistants.wrong." + refused.reason().code()));
            return form(me, id, sent, model);
        }
        next.addFlashAttribute("done", words.say("assistants.saved"));
        return "redirect:/library/assistants";
    }

    private SeenAssistant changeable(Principal.User me, UUID id) {
        var seen = assistants.find(me, id).orElseThrow(Faults.Gone::new);
        if (!seen.changeable()) {
            throw new NotAllowed("change an assistant of others");
        }
        return seen;
    }

    private String form(Principal.User me, @Nullable UUID id, Sent sent, Model model) {
        model.addAttribute("id", id == null ? "" : id.toString());
        model.addAttribute("draft", sent);
        model.addAttribute("longest", Instructions.LONGEST);
        model.addAttribute("server", Objects.toString(sent.server(), ""));
        model.addAttribute(
                "bases",
                library.bases(access.everythingFor(me, Right.MANAGE)).stream()
                        .map(
                                base ->
                                        new ChatPages.Choice(
                                                base.id().toString(),
                                                base.name(),
                                                sent.bases().contains(base.id().value())))
                        .toList());
        model.addAttribute(
                "servers",
                me.isAdmin()
                        ? models.all().stream()
                                .map(Models.Known::server)
                                .filter(server -> !server.isOfEnvironment())
                                .map(server -> new Server(server.id().toString(), server.name()))
                                .toList()
                        : List.of());
        return "library/assistant";
    }

    private static Row row(SeenAssistant seen, NamedBases bases, Formats formats) {
        var one = seen.assistant();
        return new Row(
                one.id().toString(),
                one.name(),
                one.description(),
                bases.names(one.bases(), formats),
                seen.on(),
                one.bases().isEmpty(),
                seen.usable(),
                seen.changeable());
    }
}
