package io.zhiwen.pages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import io.zhiwen.account.Access;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Scope;
import io.zhiwen.ask.prompt.BaseInstructions;
import io.zhiwen.ask.prompt.Instructions;
import io.zhiwen.ask.stream.Models;
import io.zhiwen.assistant.Assistant;
import io.zhiwen.assistant.Assistants;
import io.zhiwen.conversation.ConversationRow;
import io.zhiwen.conversation.Conversations;
import io.zhiwen.conversation.Shares;
import io.zhiwen.ingest.chunk.Language;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.KnowledgeBase;
import io.zhiwen.library.Library;
import io.zhiwen.suggest.FirstQuestions;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/// The chat, new or kept.
@Controller
class ChatPages {

    private static final int TIPS = 4;

    private final Conversations conversations;
    private final Shares shares;
    private final Library library;
    private final Access access;
    private final Turns turns;
    private final FirstQuestions questions;
    private final ScopeEndpoints parts;
    private final BaseInstructions instructions;
    private final Models models;
    private final Assistants assistants;
    private final Words words;

    ChatPages(
            Conversations conversations,
            Shares shares,
            Library library,
            Access access,
            Turns turns,
            FirstQuestions questions,
            ScopeEndpoints parts,
            BaseInstructions instructions,
            Models models,
            Assistants assistants,
            Words words) {
        this.conversations = conversations;
        this.shares = shares;
        this.library = library;
        this.access = access;
        this.turns = turns;
        this.questions = questions;
        this.parts = parts;
        this.instructions = instructions;
        this.models = models;
        this.assistants = assistants;
        this.words = words;
    }

    record Titled(String id, String title, boolean shared) {}

    record Choice(String id, String name, boolean chosen) {}

    /// @param told whatever is the same for bases that give a model the same instructions and chose
    /// the same one; empty for what is standard
    record Asked(String id, String name, boolean chosen, String told) {}

    /// @param bases their ids, with spaces between
    record Through(
            String id, String name, String description, String bases, List<String> openings) {

        static Through of(Assistant one) {
            return new Through(
                    one.id().toString(),
                    one.name(),
                    one.description(),
                    one.bases().stream().map(KnowledgeBaseId::toString).collect(joining(" ")),
                    one.openings());
        }
    }

    @GetMapping("/")
    String home() {
        return "redirect:/chat";
    }

    @GetMapping("/chat")
    String anew(
            Principal.User me,
            @RequestParam(required = false) @Nullable UUID assistant,
            Model model,
            Locale locale) {
        var scope = access.everythingFor(me);
        var bases = frame(me, scope, model, locale);
        model.addAttribute("bases", choices(bases, io.zhiwen.account.Choice.EVERYTHING));
        through(me, assistant, model);
        model.addAttribute("parts", List.of());
        model.addAttribute("turns", List.of());
        model.addAttribute("need", need(me, bases));
        var language = locale.getLanguage().equals("zh") ? Language.ZH : Language.EN;
        model.addAttribute("tips", questions.of(scope, bases, TIPS, language));
        return "chat/chat";
    }

    @GetMapping("/chat/{id}")
    String kept(Principal.User me, @PathVariable UUID id, Model model, Locale locale) {
        var chat = conversations.open(me, id).orElseThrow(Faults.Gone::new);
        var scope = access.everythingFor(me);
        var bases = frame(me, scope, model, locale);
        model.addAttribute("conversation", titled(chat.row(), false, locale));
        model.addAttribute("bases", choices(bases, chat.row().choice()));
        through(me, chat.row().choice().assistant(), model);
        model.addAttribute("parts", parts.chosen(scope, chat.row().choice()));
        model.addAttribute("turns", turns.of(me, chat.messages(), locale));
        model.addAttribute("need", "");
        model.addAttribute("tips", List.of());
        return "chat/chat";
    }

    /// Somebody else's chat, as its link shows it to this reader. No link, a revoked one and one to
    /// nowhere look the same.
    @GetMapping("/shared/{link}")
    String shared(Principal.User me, @PathVariable UUID link, Model model, Locale locale) {
        var chat = shares.open(me, link).orElseThrow(Faults.Gone::new);
        model.addAttribute("shared", titled(chat.row(), true, locale));
        model.addAttribute("turns", turns.of(me, chat.messages(), locale));
        model.addAttribute("blank", TurnView.BLANK);
        return "chat/shared";
    }

    private List<KnowledgeBase> frame(Principal.User me, Scope scope, Model model, Locale locale) {
        var shared = shares.of(me.id());
        model.addAttribute(
                "history",
                conversations.list(me.id()).stream()
                        .filter(row -> !row.title().isEmpty())
                        .map(row -> titled(row, shared.contains(row.id()), locale))
                        .toList());
        model.addAttribute("blank", TurnView.BLANK);
        model.addAttribute("blankSource", SourceView.BLANK);
        model.addAttribute("blankFigure", FigureView.BLANK);
        model.addAttribute("blankPart", ChosenPart.BLANK);
        return library.bases(scope);
    }

    /// One that is gone, or not for this reader, is not chosen.
    private void through(Principal.User me, @Nullable UUID chosen, Model model) {
        var usable = assistants.usable(me).stream().map(Through::of).toList();
        model.addAttribute("assistants", usable);
        model.addAttribute(
                "through",
                usable.stream()
                        .map(Through::id)
                        .filter(id -> id.equals(String.valueOf(chosen)))
                        .findFirst()
                        .orElse(null));
    }

    private Titled titled(ConversationRow row, boolean shared, Locale locale) {
        var title = row.title().isEmpty() ? words.say(locale, "chat.untitled") : row.title();
        return new Titled(row.id().toString(), title, shared);
    }

    /// All are chosen where nothing is.
    private List<Asked> choices(List<KnowledgeBase> bases, io.zhiwen.account.Choice choice) {
        var ids = bases.stream().map(KnowledgeBase::id).toList();
        var told = instructions.told(ids);
        var chosen = models.chosen();
        boolean all =
                choice.isOfBases()
                        && bases.stream().noneMatch(base -> choice.bases().contains(base.id()));
        return bases.stream()
                .map(
                        base ->
                                new Asked(
                                        base.id().toString(),
                                        base.name(),
                                        all || choice.bases().contains(base.id()),
                                        told(told.get(base.id()), chosen.get(base.id()))))
                .toList();
    }

    private static String told(@Nullable Instructions instructions, @Nullable UUID model) {
        return instructions == null && model == null
                ? ""
                : UUID.nameUUIDFromBytes((instructions + " " + model).getBytes(UTF_8)).toString();
    }

    /// What stands between this reader and a first answer.
    private static String need(Principal.User me, List<KnowledgeBase> bases) {
        if (bases.isEmpty()) {
            return me.isAdmin() ? "base" : "grant";
        }
        if (bases.stream().allMatch(base -> base.ready() == 0)) {
            return me.isAdmin() ? "files" : "wait";
        }
        return "";
    }
}
