package io.zhiwen.ask;

import io.zhiwen.ask.cite.Citation;
import io.zhiwen.ask.cite.Citations;
import io.zhiwen.ask.forbid.Guard;
import io.zhiwen.ask.question.Interpreter;
import io.zhiwen.ask.question.Introduction;
import io.zhiwen.ask.question.Question;
import io.zhiwen.ask.rerank.Passage;
import io.zhiwen.ask.stream.ExtractiveAnswer;
import io.zhiwen.ask.stream.Meter;
import io.zhiwen.ask.stream.ModelInterpreter;
import io.zhiwen.ask.stream.ModelWriter;
import io.zhiwen.ask.table.Computed;
import io.zhiwen.ingest.chunk.Language;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// One question on its way to its answer: read, held against what is forbidden, searched, and given
/// to whoever answers it. For one thread.
final class AnswerRun {

    private final Pipeline stages;
    private final Answering.Ask ask;
    private final String asked;
    private final BooleanSupplier stop;
    private final AnswerTrace trace;
    private final Guard guard;
    private final Telling telling;
    private final Tab tab;

    private AnswerSettings settings = AnswerSettings.DEFAULT;

    AnswerRun(
            Pipeline stages,
            Answering.Ask ask,
            String asked,
            Pipeline.Out out,
            BooleanSupplier stop,
            AnswerTrace trace) {
        this.stages = stages;
        this.ask = ask;
        this.asked = asked;
        this.stop = stop;
        this.trace = trace;
        this.guard = stages.guards.of(ask.scope());
        this.tab = new Tab(stages.tokens, ask);
        this.telling = new Telling(stages, ask, asked, out, trace, guard, tab);
    }

    void run() {
        try {
            Meter.count(tab::add, this::walk);
        } finally {
            telling.settle();
        }
    }

    private void walk() {
        Profile profile = stages.live.now();
        settings = profile.answers();
        telling.stage("searching", ask.scope().bases().size());
        // before any model has seen it
        if (isForbidden(asked, Language.of(asked))) {
            return;
        }
        Question question =
                stages.questions
                        .read(ask.question(), ask.history(), ask.scope(), stop)
                        .saidBy(interpreter());
        trace.question(question, ask.history().size());
        if (isStopped()) {
            return;
        }
        if (Introduction.isAsked(asked)) {
            introduce(question);
            return;
        }
        if (!question.text().equals(asked) && isForbidden(question.text(), question.language())) {
            return;
        }
        Optional<Approvals.Approved> approved =
                ask.draft() == null ? stages.approvals.of(question) : Optional.empty();
        if (approved.isPresent()) {
            approve(question, approved.get());
            return;
        }
        Optional<Computed> computed =
                ask.draft() == null ? stages.computing.of(question, stop) : Optional.empty();
        if (computed.isPresent()) {
            tell(question, computed.get());
            return;
        }
        List<Passage> found =
                stages.freshness.find(
                        () ->
                                stages.retrieval.find(
                                        question,
                                        settings.passages(),
                                        profile.retrieval(),
                                        trace.recorder()),
                        passages -> !Selection.of(passages, settings).kept().isEmpty());
        trace.lap("retrieve");
        telling.stage("found", found.size());
        if (!isStopped()) {
            answer(question, found);
        }
    }

    /// Who has used up their tokens is searched for with the dictionary.
    private Interpreter interpreter() {
        Interpreter model = new ModelInterpreter(stages.models, ask.scope(), stop);
        return (text, in) ->
                stages.tokens.usedUp(ask.payer(), tab.onlyBase()).isPresent()
                        ? Optional.empty()
                        : model.say(text, in);
    }

    private void answer(Question question, List<Passage> found) {
        List<Passage> kept = trace.kept(found, settings);
        ModelWriter writer = stages.models.of(ask.scope()).orElse(null);
        if (kept.isEmpty()) {
            refuse(question, found);
        } else if (writer == null) {
            telling.from(Citations.of(kept));
            extract(question, kept, null);
        } else {
            var usedUp = stages.tokens.usedUp(ask.payer(), kept.getFirst().source().base());
            if (usedUp.isPresent()) {
                telling.from(Citations.of(kept));
                extract(question, kept, Notes.of(usedUp.get()));
                return;
            }
            new ModelAnswer(stages, ask, telling, trace, settings, stop)
                    .write(writer, question, kept)
                    .ifPresent(failed -> extract(question, failed.sent(), failed.note()));
        }
    }

    private boolean isForbidden(String text, Language language) {
        var hit = guard.forbids(text);
        hit.ifPresent(found -> telling.refuse(found, false, language));
        return hit.isPresent();
    }

    /// Who the assistant is is a setting: neither documents nor a model are asked.
    private void introduce(Question question) {
        telling.begin();
        telling.sayWhole(stages.prompts.introduction(question.tongue()));
        finish(question, false, List.of(), Notes.INTRODUCTION);
    }

    /// What people approved is given as it is.
    private void approve(Question question, Approvals.Approved approved) {
        trace.approved(approved);
        telling.from(Citations.of(approved.sources()));
        telling.begin();
        telling.sayWhole(approved.text());
        if (!telling.refusedForbidden(question.language())) {
            String note = Notes.approved(approved);
            var engine = Answer.Engine.APPROVED;
            telling.finish(false, telling.citations(), List.of(), engine, note, null);
        }
    }

    /// What the database computed is told with its rows; a model has no part in it.
    private void tell(Question question, Computed computed) {
        trace.computed(computed);
        telling.from(computed.citations());
        telling.begin();
        telling.sayWhole(computed.text());
        if (!telling.refusedForbidden(question.language())) {
            var engine = Answer.Engine.COMPUTED;
            String note = Notes.computed(computed);
            telling.finish(false, telling.citations(), List.of(), engine, note, null);
        }
    }

    /// Nothing found is relevant enough: no model is asked.
    private void refuse(Question question, List<Passage> found) {
        List<Passage> nearest = found.subList(0, Math.min(settings.nearest(), found.size()));
        telling.from(Citations.of(nearest));
        telling.begin();
        telling.sayWhole(stages.extractive.refusal(question, nearest).text());
        finish(question, true, telling.citations(), null);
    }

    private void extract(Question question, List<Passage> passages, @Nullable String note) {
        telling.begin();
        ExtractiveAnswer answer;
        try (var _ = stages.first.begin()) {
            answer = stages.extractive.answer(question, passages);
        }
        trace.lap("extract");
        telling.sayWhole(answer.text());
        List<Citation> used = Citations.used(telling.citations(), answer.passages());
        finish(question, answer.refused(), used, note);
    }

    private void finish(
            Question question, boolean refused, List<Citation> used, @Nullable String note) {
        if (!telling.refusedForbidden(question.language())) {
            telling.finish(refused, used, List.of(), Answer.Engine.EXTRACTIVE, note, null);
        }
    }

    /// Before anything was written.
    private boolean isStopped() {
        boolean stopped = stop.getAsBoolean();
        if (stopped) {
            telling.stopped(List.of(), List.of(), Answer.Engine.EXTRACTIVE);
        }
        return stopped;
    }
}
