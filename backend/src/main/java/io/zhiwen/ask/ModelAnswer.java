package io.zhiwen.ask;

import io.zhiwen.ask.cite.Citation;
import io.zhiwen.ask.cite.CitationFilter;
import io.zhiwen.ask.cite.Citations;
import io.zhiwen.ask.cite.SentenceGate;
import io.zhiwen.ask.cite.Sources;
import io.zhiwen.ask.cite.SupportCheck;
import io.zhiwen.ask.prompt.Assembled;
import io.zhiwen.ask.prompt.Instructions;
import io.zhiwen.ask.prompt.Past;
import io.zhiwen.ask.prompt.Prompts;
import io.zhiwen.ask.question.Question;
import io.zhiwen.ask.rerank.Passage;
import io.zhiwen.ask.stream.LlmFailure;
import io.zhiwen.ask.stream.ModelWriter;
import io.zhiwen.ask.stream.Part;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An answer that a chat model writes, its citations filtered and checked. For one thread.
final class ModelAnswer {

    private static final Logger log = LoggerFactory.getLogger(ModelAnswer.class);

    private final Pipeline stages;
    private final Answering.Ask ask;
    private final Telling telling;
    private final AnswerTrace trace;
    private final AnswerSettings settings;
    private final BooleanSupplier stop;

    ModelAnswer(
            Pipeline stages,
            Answering.Ask ask,
            Telling telling,
            AnswerTrace trace,
            AnswerSettings settings,
            BooleanSupplier stop) {
        this.stages = stages;
        this.ask = ask;
        this.telling = telling;
        this.trace = trace;
        this.settings = settings;
        this.stop = stop;
    }

    /// The model gave none.
    ///
    /// @param sent the passages it had
    /// @param note what the reader is told of it
    record Failed(List<Passage> sent, String note) {}

    /// @return empty when the answer is told to its end
    Optional<Failed> write(ModelWriter writer, Question question, List<Passage> kept) {
        Assembled assembled = assembled(writer, question, kept);
        trace.prompt(assembled, writer.model());
        telling.from(Citations.of(assembled.sent()));
        var writing = new Writing(assembled);
        writer.write(
                ask.asker(),
                assembled.prompt(),
                ask.sampling(),
                writing::take,
                () -> stop.getAsBoolean() || telling.isForbidden());
        if (writing.last instanceof Part.Failed(LlmFailure failure)) {
            return Optional.of(failed(failure, assembled));
        }
        telling.written();
        writing.end();
        if (telling.refusedForbidden(question.language())) {
            return Optional.empty();
        }
        if (writing.last instanceof Part.Finished finished) {
            finish(writing, finished);
        } else {
            List<Citation> used = Citations.used(telling.citations(), writing.sentences.used());
            telling.stopped(used, writing.sentences.unsupported(), Answer.Engine.LLM);
        }
        return Optional.empty();
    }

    private Failed failed(LlmFailure failure, Assembled assembled) {
        log.warn("the chat model gave no answer, {}: {}", telling.id(), failure.getMessage());
        trace.put("llmFailure", failure.getMessage() == null ? "" : failure.getMessage());
        String note = Notes.of(failure.code());
        telling.restart(note);
        return new Failed(assembled.sent(), note);
    }

    private Assembled assembled(ModelWriter writer, Question question, List<Passage> kept) {
        Instructions told =
                ask.draft() == null ? stages.prompts.instructions(question) : ask.draft();
        Past past = stages.summaries.past(writer, ask.history(), question.language(), stop);
        return stages.prompts.assemble(
                question,
                past.with(ask.notes()),
                kept,
                writer.contextTokens(),
                writer.maxTokens(),
                told,
                writer.tokenizer());
    }

    private void finish(Writing writing, Part.Finished finished) {
        trace.tokens(finished, writing.citations.unknown());
        trace.checked(writing.sentences);
        trace.lap("write");
        List<Citation> sent = telling.citations();
        List<Citation> used = Citations.used(sent, writing.sentences.used());
        boolean refused = Prompts.saysNoAnswer(telling.text());
        if (refused && used.isEmpty()) {
            used = sent.subList(0, Math.min(settings.nearest(), sent.size()));
        }
        String note = null;
        if (finished.cut()) {
            note = Notes.CUT;
        } else if (!refused && used.isEmpty()) {
            note = Notes.UNCITED;
        } else if (!writing.sentences.unsupported().isEmpty()) {
            note = Notes.UNSUPPORTED;
        }
        telling.finish(
                refused,
                used,
                writing.sentences.unsupported(),
                Answer.Engine.LLM,
                note,
                counted(finished));
    }

    private static Answer.@Nullable Usage counted(Part.Finished finished) {
        return finished.promptTokens() == null || finished.answerTokens() == null
                ? null
                : new Answer.Usage(finished.promptTokens(), finished.answerTokens());
    }

    /// What is being written.
    private final class Writing {

        private final int passages;
        private final SupportCheck check;
        private CitationFilter citations;
        private SentenceGate sentences;
        private @Nullable Part last;
        private boolean first = true;

        private Writing(Assembled assembled) {
            this.passages = assembled.sent().size();
            this.check = new SupportCheck(stages.encoders, Sources.of(assembled));
            this.citations = new CitationFilter(passages);
            this.sentences = new SentenceGate(check, passages);
        }

        private void end() {
            telling.thinkRest();
            telling.say(sentences.feed(citations.end()));
            telling.say(sentences.end());
            telling.sayRest();
        }

        private void take(Part part) {
            switch (part) {
                case Part.Waiting(int place, Integer seconds) -> telling.waiting(place, seconds);
                case Part.Started _ -> telling.begin();
                case Part.Token(String piece) -> {
                    firstToken();
                    telling.say(sentences.feed(citations.feed(piece)));
                }
                case Part.Thinking(String piece) -> {
                    firstToken();
                    telling.think(piece);
                }
                case Part.TokensWereThinking _ -> {
                    String thought = telling.text();
                    telling.restart(Notes.WAS_THINKING);
                    telling.think(thought);
                    citations = new CitationFilter(passages);
                    sentences = new SentenceGate(check, passages);
                }
                case Part.Finished _, Part.Failed _, Part.Cancelled _ -> last = part;
            }
        }

        private void firstToken() {
            if (first) {
                first = false;
                trace.lap("firstToken");
            }
        }
    }
}
