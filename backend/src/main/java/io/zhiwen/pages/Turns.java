package io.zhiwen.pages;

import io.zhiwen.account.Access;
import io.zhiwen.account.Principal;
import io.zhiwen.ask.Answer;
import io.zhiwen.ask.cite.Citation;
import io.zhiwen.conversation.AnswerHtml;
import io.zhiwen.conversation.Message;
import io.zhiwen.conversation.feedback.Feedbacks;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.library.DocumentFigures;
import io.zhiwen.library.Library;
import io.zhiwen.library.Passages;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Stored messages as turns of a page.
@Component
class Turns {

    private final AnswerHtml html;
    private final Feedbacks feedbacks;
    private final Library library;
    private final Passages passages;
    private final DocumentFigures figures;
    private final Access access;
    private final Words words;

    Turns(
            AnswerHtml html,
            Feedbacks feedbacks,
            Library library,
            Passages passages,
            DocumentFigures figures,
            Access access,
            Words words) {
        this.html = html;
        this.feedbacks = feedbacks;
        this.library = library;
        this.passages = passages;
        this.figures = figures;
        this.access = access;
        this.words = words;
    }

    List<TurnView> of(Principal reader, List<Message> messages, Locale locale) {
        var answers = messages.stream().map(Message::trace).filter(Objects::nonNull).toList();
        var verdicts = feedbacks.of(reader, answers);
        var notes =
                notes(
                        reader,
                        messages.stream().flatMap(m -> m.citations().stream()).toList(),
                        locale);
        var turns = new ArrayList<TurnView>();
        Message question = null;
        for (var message : messages) {
            if (message.role() == Message.Role.USER) {
                question = message;
            } else if (question != null) {
                var verdict = message.trace() == null ? null : verdicts.get(message.trace());
                turns.add(turn(reader, question, message, notes, VerdictView.of(verdict), locale));
            }
        }
        return turns;
    }

    private TurnView turn(
            Principal reader,
            Message question,
            Message answer,
            Map<DocumentId, String> notes,
            VerdictView verdict,
            Locale locale) {
        var trace = answer.trace();
        var thinking = answer.thinking();
        var state = answer.state().name().toLowerCase(Locale.ROOT);
        return new TurnView(
                question.id().toString(),
                trace == null ? "" : trace.toString(),
                question.text(),
                state,
                Answer.foundNothing(answer.refused(), answer.note()),
                words.say(locale, "chat.stage.starting"),
                thinking == null ? "" : thinking,
                html.blocks(answer.text(), answer.citations()),
                sources(reader, answer.citations(), notes, locale),
                note(answer, locale),
                Answer.isFallback(answer.note()),
                answer.engine() == Answer.Engine.APPROVED,
                verdict);
    }

    private String note(Message answer, Locale locale) {
        if (answer.withheld()) {
            return words.say(locale, "chat.withheld");
        }
        if (answer.state() == Message.State.STOPPED && answer.note() == null) {
            return words.say(locale, "chat.stopped");
        }
        return note(answer.note(), answer.engine(), answer.refused(), locale);
    }

    /// What is worth knowing of how an answer was made; may be empty.
    String note(
            @Nullable String note, Answer.@Nullable Engine engine, boolean refused, Locale locale) {
        if (note != null) {
            return words.note(locale, note);
        }
        boolean sentences = engine == Answer.Engine.EXTRACTIVE && !refused;
        return sentences ? words.say(locale, "chat.engine.extractive") : "";
    }

    List<SourceView> sources(Principal reader, List<Citation> citations, Locale locale) {
        return sources(reader, citations, notes(reader, citations, locale), locale);
    }

    private List<SourceView> sources(
            Principal reader,
            List<Citation> citations,
            Map<DocumentId, String> notes,
            Locale locale) {
        var written = passages.written(citations.stream().map(Citation::document).toList());
        var shown =
                figures.of(
                        access.readableBy(reader),
                        citations.stream()
                                .map(
                                        c ->
                                                new DocumentFigures.Passage(
                                                        c.document(), c.version(), c.span()))
                                .toList());
        var sources = new ArrayList<SourceView>();
        for (int i = 0; i < citations.size(); i++) {
            var citation = citations.get(i);
            var note = note(citation, notes, written, locale);
            sources.add(SourceView.of(citation, note, shown.get(i), words, locale));
        }
        return sources;
    }

    /// Beside what is to be known of its document, whether people wrote the passage.
    private String note(
            Citation citation,
            Map<DocumentId, String> notes,
            Map<DocumentId, Set<String>> written,
            Locale locale) {
        var note = notes.getOrDefault(citation.document(), "");
        var texts = written.getOrDefault(citation.document(), Set.of());
        if (!texts.contains(citation.text())) {
            return note;
        }
        var edited = words.say(locale, "passages.edited.note");
        return note.isEmpty() ? edited : note + " · " + edited;
    }

    /// What a reader of each document should know of it today: that it expires, or was replaced.
    private Map<DocumentId, String> notes(
            Principal reader, List<Citation> citations, Locale locale) {
        if (citations.isEmpty()) {
            return Map.of();
        }
        Map<DocumentId, String> notes = new HashMap<>();
        library.lives(
                        access.everythingFor(reader),
                        citations.stream().map(Citation::document).toList())
                .forEach(
                        (document, life) ->
                                notes.put(
                                        document,
                                        String.join(
                                                " · ", LifeView.of(life, words, locale).notes())));
        return notes;
    }

    List<String> blocks(String text, List<Citation> citations) {
        return html.blocks(text, citations);
    }
}
