package io.zhiwen.ask;

import io.zhiwen.ask.cite.Citation;
import io.zhiwen.ask.cite.CitationFilter;
import io.zhiwen.ask.cite.Citations;
import io.zhiwen.ask.cite.SentenceGate;
import io.zhiwen.ask.cite.Sources;
import io.zhiwen.ask.cite.SupportCheck;
import io.zhiwen.ask.cite.Unsupported;
import io.zhiwen.ask.prompt.Assembled;
import io.zhiwen.ask.prompt.Instructions;
import io.zhiwen.ask.prompt.Prompts;
import io.zhiwen.ask.question.Introduction;
import io.zhiwen.ask.question.Question;
import io.zhiwen.ask.rerank.Passage;
import io.zhiwen.ask.stream.ExtractiveAnswer;
import io.zhiwen.ask.stream.LlmFailure;
import io.zhiwen.ask.stream.ModelWriter;
import io.zhiwen.ask.stream.Part;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One question on its way to its answer; for one thread.
final class AnswerRun {

    private static final Logger log = LoggerFactory.getLogger(AnswerRun.class);

    private final Pipeline stages;
    private final Answering.Ask ask;
    private final String asked;
    private final Pipeline.Out out;
    private final BooleanSupplier stop;
    private final UUID id = UUID.randomUUID();
    private final AnswerTrace trace = new AnswerTrace();

    private AnswerSettings settings = AnswerSettings.DEFAULT;
    private List<Citation> citations = List.of();
    private boolean sourcesGiven;
    private StringBuilder text = new StringBuilder();
    private Answer.@Nullable Usage usage;

    AnswerRun(
            Pipeline stages,
            Answering.Ask ask,
            String asked,
            Pipeline.Out out,
            BooleanSupplier stop) {
        this.stages = stages;
        this.ask = ask;
        this.asked = asked;
        this.out = out;
        this.stop = stop;
    }

    void run() {
        Profile profile = stages.live.now();
        settings = profile.answers();
        out.give(new AnswerEvent.Stage("searching", ask.scope().bases().size()));
        Question question = stages.questions.read(ask.question(), ask.history(), ask.scope(), stop);
        trace.question(question, ask.history().size());
        if (stopped(Answer.Engine.EXTRACTIVE)) {
            return;
        }
        if (Introduction.isAsked(asked)) {
            introduce(question);
            return;
        }
        List<Passage> found =
                stages.retrieval.find(
                        question, settings.passages(), profile.retrieval(), trace.recorder());
        trace.lap("retrieve");
        out.give(new AnswerEvent.Stage("found", found.size()));
        if (stopped(Answer.Engine.EXTRACTIVE)) {
            return;
        }
        List<Passage> kept = trace.kept(found, settings);
        ModelWriter writer = stages.models.of(ask.scope().bases()).orElse(null);
        if (kept.isEmpty()) {
            refuse(question, found);
        } else if (writer == null) {
            citations = Citations.of(kept);
            extract(question, kept, null);
        } else if (stages.tokens.isUsedUp(ask.asker())) {
            citations = Citations.of(kept);
            extract(question, kept, Notes.USED_UP);
        } else {
            write(writer, question, kept);
        }
    }

    /// Who the assistant is is a setting: neither documents nor a model are asked.
    private void introduce(Question question) {
        beginText();
        say(stages.prompts.introduction(question.language()));
        finish(false, List.of(), List.of(), Answer.Engine.EXTRACTIVE, Notes.INTRODUCTION);
    }

    /// Nothing found is relevant enough: no model is asked.
    private void refuse(Question question, List<Passage> found) {
        List<Passage> nearest = found.subList(0, Math.min(settings.nearest(), found.size()));
        citations = Citations.of(nearest);
        beginText();
        ExtractiveAnswer refusal = stages.extractive.refusal(question, nearest);
        say(refusal.text());
        finish(true, citations, List.of(), Answer.Engine.EXTRACTIVE, null);
    }

    private void extract(Question question, List<Passage> passages, @Nullable String note) {
        beginText();
        ExtractiveAnswer answer = stages.extractive.answer(question, passages);
        trace.lap("extract");
        say(answer.text());
        List<Citation> used = Citations.used(citations, answer.passages());
        finish(answer.refused(), used, List.of(), Answer.Engine.EXTRACTIVE, note);
    }

    private void write(ModelWriter writer, Question question, List<Passage> kept) {
        Assembled assembled = assembled(writer, question, kept);
        trace.prompt(assembled, writer.model());
        citations = Citations.of(assembled.sent());
        var filter = new Writing(assembled);
        writer.write(ask.asker(), assembled.prompt(), filter::take, stop);
        switch (filter.last) {
            case Part.Finished finished -> finishWritten(filter, finished);
            case Part.Failed(LlmFailure failure) -> {
                log.warn("the chat model gave no answer, {}: {}", id, failure.getMessage());
                trace.put("llmFailure", failure.getMessage() == null ? "" : failure.getMessage());
                String note = Notes.of(failure.code());
                beginText();
                out.give(new AnswerEvent.Restarted(note));
                text = new StringBuilder();
                extract(question, assembled.sent(), note);
            }
            case null, default -> {
                filter.end();
                stopped(filter);
            }
        }
    }

    private Assembled assembled(ModelWriter writer, Question question, List<Passage> kept) {
        Instructions told =
                ask.draft() == null ? stages.prompts.instructions(question) : ask.draft();
        return stages.prompts.assemble(
                question, ask.history(), kept, writer.contextTokens(), writer.maxTokens(), told);
    }

    private void finishWritten(Writing writing, Part.Finished finished) {
        writing.end();
        trace.tokens(finished, writing.citations.unknown());
        if (finished.promptTokens() != null && finished.answerTokens() != null) {
            usage = new Answer.Usage(finished.promptTokens(), finished.answerTokens());
            stages.tokens.add(ask.asker(), citations.getFirst().base(), usage);
        }
        trace.checked(writing.sentences);
        trace.lap("write");
        List<Citation> used = Citations.used(citations, writing.sentences.used());
        boolean refused = Prompts.saysNoAnswer(text.toString());
        if (refused && used.isEmpty()) {
            int nearest = Math.min(settings.nearest(), citations.size());
            used = citations.subList(0, nearest);
        }
        String note = null;
        if (finished.cut()) {
            note = Notes.CUT;
        } else if (!refused && used.isEmpty()) {
            note = Notes.UNCITED;
        } else if (!writing.sentences.unsupported().isEmpty()) {
            note = Notes.UNSUPPORTED;
        }
        finish(refused, used, writing.sentences.unsupported(), Answer.Engine.LLM, note);
    }

    /// Sources come before the first word, once.
    private void beginText() {
        if (!sourcesGiven) {
            sourcesGiven = true;
            out.give(new AnswerEvent.Stage("writing", citations.size()));
            out.give(new AnswerEvent.Sources(citations));
        }
    }

    private void say(String piece) {
        if (!piece.isEmpty()) {
            text.append(piece);
            out.give(new AnswerEvent.Token(piece));
        }
    }

    private void finish(
            boolean refused,
            List<Citation> used,
            List<Unsupported> unsupported,
            Answer.Engine engine,
            @Nullable String why) {
        String note = why == null ? trace.note() : why;
        var answered =
                engine == Answer.Engine.LLM
                        ? AskObserver.Outcome.ANSWERED
                        : AskObserver.Outcome.EXTRACTIVE;
        trace.outcome(refused ? AskObserver.Outcome.REFUSED : answered, note);
        store(refused, used);
        out.give(
                new AnswerEvent.Finished(
                        new Answer(
                                text.toString(),
                                refused,
                                used,
                                unsupported,
                                engine,
                                note,
                                id,
                                usage)));
    }

    /// Before anything was written.
    private boolean stopped(Answer.Engine engine) {
        if (!stop.getAsBoolean()) {
            return false;
        }
        trace.outcome(AskObserver.Outcome.STOPPED, null);
        store(false, List.of());
        out.give(
                new AnswerEvent.Stopped(
                        new Answer(text.toString(), false, List.of(), engine, null, id)));
        return true;
    }

    private void stopped(Writing writing) {
        trace.outcome(AskObserver.Outcome.STOPPED, null);
        List<Citation> used = Citations.used(citations, writing.sentences.used());
        store(false, used);
        out.give(
                new AnswerEvent.Stopped(
                        new Answer(
                                text.toString(),
                                false,
                                used,
                                writing.sentences.unsupported(),
                                Answer.Engine.LLM,
                                null,
                                id,
                                usage)));
    }

    /// How it went, once it is over.
    AskObserver.Answered told() {
        return trace.told();
    }

    private void store(boolean refused, List<Citation> used) {
        trace.answer(ask.asker(), text.toString(), refused, used);
        stages.traces.store(id, asked, trace.done());
    }

    /// What a chat model writes, its citations filtered and checked.
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
            say(sentences.feed(citations.end()));
            say(sentences.end());
        }

        private void take(Part part) {
            switch (part) {
                case Part.Waiting(int place) -> out.give(new AnswerEvent.Stage("waiting", place));
                case Part.Started _ -> beginText();
                case Part.Token(String piece) -> {
                    firstToken();
                    say(sentences.feed(citations.feed(piece)));
                }
                case Part.Thinking(String piece) -> {
                    firstToken();
                    out.give(new AnswerEvent.Thinking(piece));
                }
                case Part.TokensWereThinking _ -> {
                    out.give(new AnswerEvent.Restarted(Notes.WAS_THINKING));
                    out.give(new AnswerEvent.Thinking(text.toString()));
                    text = new StringBuilder();
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
