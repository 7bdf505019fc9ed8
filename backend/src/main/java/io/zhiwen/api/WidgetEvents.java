package io.zhiwen.api;

import io.zhiwen.ask.Answer;
import io.zhiwen.ask.AnswerEvent;
import io.zhiwen.ask.cite.Citation;
import io.zhiwen.conversation.AnswerHtml;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.library.DocumentLife;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// An answer as a widget shows it: words as they come, and at the end the whole as HTML with its
/// sources.
final class WidgetEvents implements AnswerFormat {

    record TextJson(String text) {}

    record NothingJson() {}

    /// @param note what to know of its document; may be empty
    record SourceJson(int number, String name, String where, String text, String note) {}

    /// @param text as it was written, for the next question
    record DoneJson(
            String html,
            String text,
            boolean refused,
            @Nullable String note,
            List<SourceJson> sources) {}

    record ErrorJson(String code) {}

    private final Function<List<Citation>, Map<DocumentId, DocumentLife>> lives;
    private final Sentences sentences;
    private final AnswerHtml html;
    private final Locale language;

    /// @param lives what is to be known of documents that are cited
    WidgetEvents(
            Function<List<Citation>, Map<DocumentId, DocumentLife>> lives,
            Sentences sentences,
            AnswerHtml html,
            Locale language) {
        this.lives = lives;
        this.sentences = sentences;
        this.html = html;
        this.language = language;
    }

    @Override
    public List<Event> of(AnswerEvent event) {
        return switch (event) {
            case AnswerEvent.Token(var text) -> List.of(new Event("token", new TextJson(text)));
            case AnswerEvent.Restarted _ -> List.of(new Event("restarted", new NothingJson()));
            case AnswerEvent.Finished(var answer) -> List.of(done(answer));
            case AnswerEvent.Stopped(var answer) -> List.of(done(answer));
            case AnswerEvent.Failed(var code) -> List.of(error(code, ""));
            case AnswerEvent.Stage _, AnswerEvent.Sources _, AnswerEvent.Thinking _ -> List.of();
        };
    }

    @Override
    public Event error(String code, String detail) {
        return new Event("error", new ErrorJson(code));
    }

    private Event done(Answer answer) {
        var known = lives.apply(answer.citations());
        return new Event(
                "done",
                new DoneJson(
                        String.join("", html.blocks(answer.text(), answer.citations())),
                        answer.text(),
                        answer.refused(),
                        sentences.note(answer.note(), language),
                        answer.citations().stream()
                                .map(one -> source(one, known.get(one.document())))
                                .toList()));
    }

    private SourceJson source(Citation citation, @Nullable DocumentLife life) {
        return new SourceJson(
                citation.number(),
                citation.documentName(),
                sentences.where(citation.page(), citation.sheet(), language),
                citation.text(),
                life == null ? "" : sentences.life(life, language));
    }
}
