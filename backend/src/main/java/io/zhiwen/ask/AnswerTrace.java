package io.zhiwen.ask;

import io.zhiwen.ask.cite.Citation;
import io.zhiwen.ask.cite.SentenceGate;
import io.zhiwen.ask.forbid.Hit;
import io.zhiwen.ask.prompt.Assembled;
import io.zhiwen.ask.prompt.Past;
import io.zhiwen.ask.question.Question;
import io.zhiwen.ask.rerank.Passage;
import io.zhiwen.ask.stream.Part;
import io.zhiwen.ask.table.Computed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Writes down one answer's way: what was asked, found, kept and sent, and how long it took.
final class AnswerTrace {

    private final Trace.Recorder recorder = new Trace.Recorder();
    private final Map<String, Object> millis = new LinkedHashMap<>();
    private final List<AskObserver.Lap> laps = new ArrayList<>();
    private AskObserver.Outcome outcome = AskObserver.Outcome.FAILED;
    private @Nullable String note;
    private final long begun = System.nanoTime();
    private long lapBegun = begun;

    Trace.Recorder recorder() {
        return recorder;
    }

    void put(String name, Object value) {
        recorder.put(name, value);
    }

    /// Ends a stage.
    void lap(String stage) {
        long now = System.nanoTime();
        millis.put(stage, TimeUnit.NANOSECONDS.toMillis(now - lapBegun));
        laps.add(new AskObserver.Lap(stage, Duration.ofNanos(now - lapBegun)));
        lapBegun = now;
    }

    void question(Question question, int turns) {
        put("asked", question.asked());
        put("searched", question.text());
        put("language", question.language().tag());
        put("earlierTurns", turns);
        put(
                "bases",
                question.scope().bases().stream().map(base -> base.value().toString()).toList());
        lap("question");
    }

    void approved(Approvals.Approved approved) {
        put(
                "approved",
                Map.of(
                        "answer", approved.id().toString(),
                        "question", approved.question(),
                        "similarity", approved.similarity()));
        lap("approved");
    }

    void computed(Computed computed) {
        put("computed", computed.trace());
        lap("compute");
    }

    /// What became of the model's citations.
    void checked(SentenceGate sentences) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("added", sentences.added());
        row.put("corrected", sentences.corrected());
        row.put(
                "unsupported",
                sentences.unsupported().stream()
                        .map(one -> Map.of("sentence", one.sentence(), "why", one.why().name()))
                        .toList());
        put("citationCheck", row);
    }

    /// The passages relevant enough to answer from; none when even the best is not.
    List<Passage> kept(List<Passage> found, AnswerSettings settings) {
        Selection selection = Selection.of(found, settings);
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Selection.Judged judged : selection.passages()) {
            Passage passage = judged.passage();
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("chunk", passage.source().id());
            row.put("document", passage.source().document().value().toString());
            row.put("version", passage.source().version());
            row.put("name", passage.source().documentName());
            row.put("score", passage.score());
            row.put("relevance", passage.relevance());
            row.put("kept", judged.verdict() == Selection.Verdict.KEPT);
            row.put("why", judged.verdict().why());
            rows.add(row);
        }
        put("passages", rows);
        return selection.kept();
    }

    void prompt(Assembled assembled, String model) {
        Map<String, Object> prompt = new LinkedHashMap<>();
        prompt.put("model", model);
        prompt.put("system", assembled.prompt().system());
        prompt.put(
                "history",
                assembled.prompt().history().stream()
                        .map(turn -> List.of(turn.question(), turn.answer()))
                        .toList());
        prompt.put("user", Past.withoutNotes(assembled.prompt().user()));
        prompt.put("tokens", assembled.tokens());
        prompt.put("tokensCountedBy", assembled.counted() ? "server" : "estimate");
        prompt.put("sent", ids(assembled.sent()));
        prompt.put("droppedForRoom", ids(assembled.dropped()));
        prompt.put("summarisedTurns", assembled.summarisedTurns());
        prompt.put("droppedTurns", assembled.droppedTurns());
        put("prompt", prompt);
        lap("prompt");
    }

    /// On everything that models were asked for it.
    void spent(Spending spending) {
        if (spending.prompt() > 0) {
            put(
                    "spent",
                    Map.of(
                            "prompt", spending.prompt(),
                            "answer", spending.answer(),
                            "estimated", spending.estimated()));
        }
    }

    void tokens(Part.Finished finished, int unknownCitations) {
        Map<String, Object> tokens = new LinkedHashMap<>();
        if (finished.promptTokens() != null) {
            tokens.put("prompt", finished.promptTokens());
        }
        if (finished.answerTokens() != null) {
            tokens.put("answer", finished.answerTokens());
        }
        put("tokens", tokens);
        put("unknownCitations", unknownCitations);
        put("cut", finished.cut());
    }

    /// What came upon which rule of which base.
    void forbidden(Hit hit, boolean answered) {
        put(
                "forbidden",
                Map.of(
                        "in", answered ? "answer" : "question",
                        "base", hit.base().value().toString(),
                        "kind", hit.kind().name().toLowerCase(Locale.ROOT),
                        "rule", hit.rule(),
                        "likeness", hit.likeness()));
    }

    /// What the reader is told beside the answer when there is nothing else to say.
    @Nullable String note() {
        return recorder.missesALeg() ? Notes.PARTIAL : null;
    }

    /// @param note what the reader is told beside the answer
    void outcome(AskObserver.Outcome outcome, @Nullable String note) {
        this.outcome = outcome;
        this.note = note;
        put("outcome", outcome.name().toLowerCase(Locale.ROOT));
    }

    /// Without what was asked.
    AskObserver.Answered told() {
        return new AskObserver.Answered(
                outcome,
                note == null ? null : Note.of(note).key(),
                laps,
                Duration.ofNanos(System.nanoTime() - begun),
                recorder.retrieved());
    }

    /// Whose answer it is and what it says, so that its asker can rate it later.
    void answer(String asker, String text, boolean refused, List<Citation> used) {
        put("asker", asker);
        put("answer", Map.of("text", text, "refused", refused, "sources", sources(used)));
    }

    private static List<Map<String, Object>> sources(List<Citation> used) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Citation citation : used) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("number", citation.number());
            row.put("base", citation.base().value().toString());
            row.put("document", citation.document().value().toString());
            row.put("version", citation.version());
            row.put("name", citation.documentName());
            row.put("page", citation.page());
            row.put("text", citation.text());
            rows.add(row);
        }
        return rows;
    }

    Trace done() {
        millis.put("total", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
        put("millis", millis);
        return recorder.done();
    }

    private static List<Long> ids(List<Passage> passages) {
        return passages.stream().map(passage -> passage.source().id()).toList();
    }
}
