package io.zhiwen.ask;

import io.zhiwen.ask.cite.Citation;
import io.zhiwen.ask.cite.Unsupported;
import io.zhiwen.ask.forbid.Guard;
import io.zhiwen.ask.forbid.HeldAnswer;
import io.zhiwen.ask.forbid.Hit;
import io.zhiwen.ask.question.Tongue;
import io.zhiwen.ingest.chunk.Language;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What an asker is told of one answer, in the order of `AnswerEvent`: its sources once, its text
/// as far as nothing in it is forbidden, its end. For one thread.
final class Telling {

    private final Pipeline stages;
    private final Answering.Ask ask;
    private final String asked;
    private final Pipeline.Out out;
    private final AnswerTrace trace;
    private final Guard guard;
    private final Tab tab;
    private final UUID id = UUID.randomUUID();

    private List<Citation> citations = List.of();
    private boolean sourcesGiven;
    private StringBuilder text = new StringBuilder();
    private HeldAnswer held;
    private final HeldAnswer heldThinking;

    Telling(
            Pipeline stages,
            Answering.Ask ask,
            String asked,
            Pipeline.Out out,
            AnswerTrace trace,
            Guard guard,
            Tab tab) {
        this.stages = stages;
        this.ask = ask;
        this.asked = asked;
        this.out = out;
        this.trace = trace;
        this.guard = guard;
        this.tab = tab;
        this.held = new HeldAnswer(guard);
        this.heldThinking = new HeldAnswer(guard);
    }

    /// Under which the trace is kept.
    UUID id() {
        return id;
    }

    String text() {
        return text.toString();
    }

    List<Citation> citations() {
        return citations;
    }

    /// What the text may cite; given to the asker with the first word.
    void from(List<Citation> passages) {
        citations = passages;
    }

    void stage(String name, int count) {
        out.give(new AnswerEvent.Stage(name, count));
    }

    void waiting(int place, @Nullable Integer seconds) {
        out.give(new AnswerEvent.Stage("waiting", place, seconds));
    }

    /// Gives the sources, once. Where something is forbidden they come only with text that is not.
    void begin() {
        if (guard.isEmpty()) {
            giveSources();
        }
    }

    void say(String piece) {
        tell(held.feed(piece));
    }

    /// A text that is known whole; none of it is shown when a part of it is forbidden.
    void sayWhole(String whole) {
        var trial = new HeldAnswer(guard);
        String free = trial.feed(whole) + trial.end();
        held = trial;
        if (trial.hit() == null) {
            tell(free);
        }
    }

    /// Says what is held back still.
    void sayRest() {
        tell(held.end());
    }

    /// Thinking that comes upon what is forbidden is not shown from there on.
    void think(String piece) {
        String free = heldThinking.feed(piece);
        if (!free.isEmpty()) {
            out.give(new AnswerEvent.Thinking(free));
        }
    }

    void thinkRest() {
        String free = heldThinking.end();
        if (!free.isEmpty()) {
            out.give(new AnswerEvent.Thinking(free));
        }
    }

    /// The text so far is void.
    void restart(String note) {
        begin();
        out.give(new AnswerEvent.Restarted(note));
        text = new StringBuilder();
        held = new HeldAnswer(guard);
    }

    /// Whether what was to be said is forbidden; nothing of it is said any more.
    boolean isForbidden() {
        return held.hit() != null;
    }

    /// @return whether it was forbidden and is now refused
    boolean refusedForbidden(Language language) {
        Hit hit = held.hit();
        if (hit == null) {
            return false;
        }
        refuse(hit, true, language);
        return true;
    }

    /// A model wrote, to the end or not.
    void written() {
        tab.answered();
    }

    /// Ends with the refusal that the base's managers set.
    void refuse(Hit hit, boolean answered, Language language) {
        trace.forbidden(hit, answered);
        stages.guards.came(ask.asker(), hit, answered, id);
        if (!text.isEmpty()) {
            out.give(new AnswerEvent.Restarted(Notes.FORBIDDEN));
            text = new StringBuilder();
        }
        citations = List.of();
        give(hit.reply().isEmpty() ? sentence(Tongue.of(asked, language)) : hit.reply());
        finish(true, List.of(), List.of(), Answer.Engine.EXTRACTIVE, Notes.FORBIDDEN, null);
    }

    void finish(
            boolean refused,
            List<Citation> used,
            List<Unsupported> unsupported,
            Answer.Engine engine,
            @Nullable String why,
            Answer.@Nullable Usage usage) {
        String note = why == null ? trace.note() : why;
        trace.outcome(refused ? AskObserver.Outcome.REFUSED : AskObserver.Outcome.of(engine), note);
        store(refused, used);
        out.give(
                new AnswerEvent.Finished(
                        new Answer(text(), refused, used, unsupported, engine, note, id, usage)));
    }

    void stopped(List<Citation> used, List<Unsupported> unsupported, Answer.Engine engine) {
        trace.outcome(AskObserver.Outcome.STOPPED, null);
        store(false, used);
        out.give(
                new AnswerEvent.Stopped(
                        new Answer(text(), false, used, unsupported, engine, null, id, null)));
    }

    private void tell(String piece) {
        if (!piece.isEmpty()) {
            giveSources();
            give(piece);
        }
    }

    private void give(String piece) {
        text.append(piece);
        out.give(new AnswerEvent.Token(piece));
    }

    private void giveSources() {
        if (!sourcesGiven) {
            sourcesGiven = true;
            stage("writing", citations.size());
            out.give(new AnswerEvent.Sources(citations));
        }
    }

    /// Puts down what was spent so far.
    void settle() {
        tab.settle(citations.isEmpty() ? null : citations.getFirst().base());
    }

    private void store(boolean refused, List<Citation> used) {
        trace.spent(tab.all());
        settle();
        trace.answer(ask.asker(), text(), refused, used);
        stages.traces.store(id, asked, trace.done());
    }

    private static String sentence(Tongue tongue) {
        return switch (tongue) {
            case SIMPLIFIED -> "按照知识库管理者的设定，这个问题在这里不作回答。";
            case TRADITIONAL -> "依知識庫管理者的設定，這個問題在此不作回答。";
            case ENGLISH ->
                    "The managers of this knowledge base have set that this is not answered here.";
        };
    }
}
