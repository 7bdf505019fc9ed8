package io.zhiwen.api;

import io.zhiwen.ask.Answer;
import io.zhiwen.ask.AnswerEvent;
import io.zhiwen.ask.cite.Citation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// An answer as OpenAI streams it: a chunk with the role, chunks with text, one with the reason of
/// the end and our own field, perhaps one with the count of tokens, and `[DONE]`. Thinking goes
/// into `reasoning_content`, as other servers do it. Text that was sent cannot be taken back: when
/// an answer starts over, a line and a note stand between the two.
final class CompletionEvents implements AnswerFormat {

    private static final CompletionJson.Message NOTHING =
            new CompletionJson.Message(null, null, null);

    private final String id = CompletionJson.newId();
    private final String model;
    private final long created;
    private final boolean wantsUsage;
    private final Function<List<Citation>, List<AnswerJson.CitationJson>> citing;
    private final Sentences sentences;
    private final Locale language;
    private boolean begun;
    private boolean said;

    CompletionEvents(
            String model,
            long created,
            boolean wantsUsage,
            Function<List<Citation>, List<AnswerJson.CitationJson>> citing,
            Sentences sentences,
            Locale language) {
        this.model = model;
        this.created = created;
        this.wantsUsage = wantsUsage;
        this.citing = citing;
        this.sentences = sentences;
        this.language = language;
    }

    @Override
    public List<Event> of(AnswerEvent event) {
        List<Event> events = new ArrayList<>();
        if (!begun) {
            begun = true;
            events.add(piece(new CompletionJson.Message("assistant", "", null)));
        }
        switch (event) {
            case AnswerEvent.Stage _, AnswerEvent.Sources _ -> {}
            case AnswerEvent.Token(var text) -> events.add(text(text));
            case AnswerEvent.Thinking(var text) ->
                    events.add(piece(new CompletionJson.Message(null, null, text)));
            case AnswerEvent.Restarted(var note) -> {
                if (said) {
                    var why = sentences.note(note, language);
                    events.add(text("\n\n---\n\n*" + why + "*\n\n"));
                }
            }
            case AnswerEvent.Finished(var answer) -> end(answer, events);
            case AnswerEvent.Stopped(var answer) -> end(answer, events);
            case AnswerEvent.Failed(var code) ->
                    events.add(error("answer-failed", "No answer could be made (" + code + ")."));
        }
        return events;
    }

    @Override
    public Event error(String code, String detail) {
        return new Event(
                null,
                new CompletionJson.Failed(
                        new CompletionJson.ErrorJson(
                                detail, "server_error", null, code.replace('-', '_'))));
    }

    private void end(Answer answer, List<Event> events) {
        var last = new CompletionJson.Piece(0, NOTHING, CompletionJson.finishReason(answer));
        var extra =
                CompletionJson.Extra.of(
                        answer, citing.apply(answer.citations()), sentences, language);
        events.add(chunk(List.of(last), null, extra));
        if (wantsUsage) {
            events.add(chunk(List.of(), CompletionJson.Usage.of(answer), null));
        }
        events.add(new Event(null, "[DONE]"));
    }

    private Event text(String text) {
        said = true;
        return piece(new CompletionJson.Message(null, text, null));
    }

    private Event piece(CompletionJson.Message delta) {
        return chunk(List.of(new CompletionJson.Piece(0, delta, null)), null, null);
    }

    private Event chunk(
            List<CompletionJson.Piece> pieces,
            CompletionJson.@Nullable Usage usage,
            CompletionJson.@Nullable Extra extra) {
        return new Event(
                null,
                new CompletionJson.Chunk(
                        id, "chat.completion.chunk", created, model, pieces, usage, extra));
    }
}
