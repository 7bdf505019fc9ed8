package io.zhiwen.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.zhiwen.ask.Answer;
import io.zhiwen.ask.AnswerEvent;
import io.zhiwen.ask.cite.Citation;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Zhiwen's own events: stages, sources, tokens, thinking, and the whole answer at the end.
final class AskEvents implements AnswerFormat {

    record StageJson(String name, int count, @Nullable Integer seconds) {}

    record SourcesJson(List<AnswerJson.CitationJson> passages) {}

    record TextJson(String text) {}

    record NoteJson(@Nullable String note) {}

    record ErrorJson(String code, String detail) {}

    record ChatJson(@JsonProperty("conversation_id") UUID conversationId) {}

    private final @Nullable UUID chat;
    private final Function<List<Citation>, List<AnswerJson.CitationJson>> citing;
    private final Function<Answer, AnswerJson> whole;
    private final Sentences sentences;
    private final Locale language;

    /// @param chat the chat that is gone on with; null for none
    /// @param citing tells citations
    /// @param whole tells the answer at the end
    AskEvents(
            @Nullable UUID chat,
            Function<List<Citation>, List<AnswerJson.CitationJson>> citing,
            Function<Answer, AnswerJson> whole,
            Sentences sentences,
            Locale language) {
        this.chat = chat;
        this.citing = citing;
        this.whole = whole;
        this.sentences = sentences;
        this.language = language;
    }

    @Override
    public List<Event> opening() {
        return chat == null ? List.of() : List.of(new Event("conversation", new ChatJson(chat)));
    }

    @Override
    public List<Event> of(AnswerEvent event) {
        return List.of(
                switch (event) {
                    case AnswerEvent.Stage(var name, var count, var seconds) ->
                            new Event("stage", new StageJson(name, count, seconds));
                    case AnswerEvent.Sources(var passages) ->
                            new Event("sources", new SourcesJson(citing.apply(passages)));
                    case AnswerEvent.Token(var text) -> new Event("token", new TextJson(text));
                    case AnswerEvent.Thinking(var text) ->
                            new Event("thinking", new TextJson(text));
                    case AnswerEvent.Restarted(var note) ->
                            new Event("restarted", new NoteJson(sentences.note(note, language)));
                    case AnswerEvent.Finished(var answer) -> new Event("done", whole.apply(answer));
                    case AnswerEvent.Stopped(var answer) -> new Event("done", whole.apply(answer));
                    case AnswerEvent.Failed(var code) ->
                            error("answer-failed", "No answer could be made (" + code + ").");
                });
    }

    @Override
    public Event error(String code, String detail) {
        return new Event("error", new ErrorJson(code, detail));
    }
}
