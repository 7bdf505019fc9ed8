package io.zhiwen.pages;

import io.zhiwen.ask.Answer;
import io.zhiwen.ask.cite.Citation;
import io.zhiwen.conversation.AnswerHtml;
import io.zhiwen.conversation.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Stored messages as turns of a page.
@Component
class Turns {

    private final AnswerHtml html;
    private final Words words;

    Turns(AnswerHtml html, Words words) {
        this.html = html;
        this.words = words;
    }

    List<TurnView> of(List<Message> messages, Locale locale) {
        var turns = new ArrayList<TurnView>();
        var question = "";
        for (var message : messages) {
            if (message.role() == Message.Role.USER) {
                question = message.text();
            } else {
                turns.add(turn(question, message, locale));
            }
        }
        return turns;
    }

    private TurnView turn(String question, Message answer, Locale locale) {
        var thinking = answer.thinking();
        var state = answer.state().name().toLowerCase(Locale.ROOT);
        return new TurnView(
                question,
                state,
                answer.refused(),
                words.say(locale, "chat.stage.starting"),
                thinking == null ? "" : thinking,
                html.blocks(answer.text(), answer.citations()),
                sources(answer.citations(), locale),
                note(answer, locale));
    }

    private String note(Message answer, Locale locale) {
        if (answer.withheld()) {
            return words.say(locale, "chat.withheld");
        }
        if (answer.state() == Message.State.STOPPED) {
            return words.say(locale, "chat.stopped");
        }
        return note(answer.note(), answer.engine(), answer.refused(), locale);
    }

    /// What is worth knowing of how an answer was made; may be empty.
    String note(
            @Nullable String note, Answer.@Nullable Engine engine, boolean refused, Locale locale) {
        if (note != null) {
            return words.sayOr(locale, note, "error.unknown");
        }
        boolean sentences = engine == Answer.Engine.EXTRACTIVE && !refused;
        return sentences ? words.say(locale, "chat.engine.extractive") : "";
    }

    List<SourceView> sources(List<Citation> citations, Locale locale) {
        return citations.stream().map(c -> SourceView.of(c, words, locale)).toList();
    }

    List<String> blocks(String text, List<Citation> citations) {
        return html.blocks(text, citations);
    }
}
