package io.zhiwen.evaluate;

import io.zhiwen.account.Scope;
import io.zhiwen.ask.AnswerSettings;
import io.zhiwen.ask.HybridRetrieval;
import io.zhiwen.ask.RetrievalSteps;
import io.zhiwen.ask.Trace;
import io.zhiwen.ask.fuse.Fused;
import io.zhiwen.ask.prompt.PromptSettings;
import io.zhiwen.ask.prompt.Prompts;
import io.zhiwen.ask.question.Question;
import io.zhiwen.ask.rerank.Passage;
import io.zhiwen.ask.retrieve.Hit;
import io.zhiwen.ask.retrieve.Leg;
import io.zhiwen.ask.retrieve.Legs;
import io.zhiwen.ask.retrieve.RetrievalProfile;
import io.zhiwen.evaluate.EvaluationReport.Latency;
import io.zhiwen.evaluate.EvaluationReport.RankingReport;
import io.zhiwen.ingest.chunk.Language;
import io.zhiwen.ingest.embed.Encoders;
import io.zhiwen.ingest.store.StoredChunk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Asks every question of a set of the retrieval that answers them in the product, and of its parts
/// alone. The same set gives the same figures; only the latencies depend on the machine. For one
/// thread.
public final class Evaluation implements AutoCloseable {

    /// Enough passages for ten documents.
    private static final int PASSAGES = 40;

    /// Passages of a question whose relevance is compared with what is right.
    private static final int JUDGED = 10;

    /// What passages may cost in a prompt where evidence is looked for.
    private static final int EVIDENCE_TOKENS = 3_000;

    private static final String WITHOUT_RERANK = " without rerank";

    private final String name;
    private final ThrowAwayBase base;
    private final EvaluationSet set;
    private final RetrievalProfile patient;
    private final Legs legs;
    private final HybridRetrieval unread;
    private final HybridRetrieval whole;
    private final Prompts prompts;
    private final AnswerSettings answers;

    private final Map<String, Figures.Sum> figures = new LinkedHashMap<>();
    private final Map<String, Times> latencies = new LinkedHashMap<>();
    private final Map<String, Times> stages = new LinkedHashMap<>();
    private final Refusals refusals = new Refusals();
    private final Refusals byCosine = new Refusals();
    private final List<CalibrationFit.Sample> samples = new ArrayList<>();
    private int asked;
    private final EvidenceSent evidence = new EvidenceSent();

    /// Ingests the set's documents into a throw-away base.
    ///
    /// @param name of the profile, as the report calls it
    /// @throws UnusableSet when a document yields no text
    public Evaluation(
            EvaluationSet set,
            String name,
            RetrievalProfile profile,
            AnswerSettings answers,
            Encoders encoders)
            throws IOException, InterruptedException {
        this.set = set;
        this.name = name;
        this.answers = answers;
        this.base = ThrowAwayBase.of(set, encoders);
        this.patient = Profiles.patient(profile);
        this.legs = new Legs(base.index(), base.index(), encoders);
        this.whole = retrieval(patient, encoders);
        this.unread = retrieval(patient.withoutRerank(), encoders);
        this.prompts = new Prompts(new PromptSettings(8192, EVIDENCE_TOKENS, 900, 0), base.texts());
    }

    public EvaluationReport run() {
        set.questions().forEach(this::ask);
        Map<String, RankingReport> rankings = new LinkedHashMap<>();
        figures.forEach(
                (ranking, sum) ->
                        rankings.put(
                                ranking,
                                new RankingReport(
                                        sum.mean(), Latency.of(times(latencies, ranking)))));
        Map<String, Latency> byStage = new LinkedHashMap<>();
        stages.forEach((stage, times) -> byStage.put(stage, Latency.of(times)));
        List<RefusalPoint> curve = refusals.curve();
        return new EvaluationReport(
                set.name(),
                base.passages(),
                rankings,
                byStage,
                curve,
                curve.isEmpty() ? null : refusals.at(answers.refuseBelow()),
                RefusalComparison.of(refusals, byCosine),
                Reliability.of(samples.stream().map(one -> one.by(patient.calibration())).toList()),
                evidence.share());
    }

    @Override
    public void close() {
        legs.close();
        whole.destroy();
        unread.destroy();
        base.close();
    }

    private void ask(EvaluationSet.Question asked) {
        Question question =
                new Question(
                        asked.text(),
                        asked.text(),
                        Language.of(asked.text()),
                        Scope.ofThrowAway(ThrowAwayBase.ID));
        long since = System.nanoTime();
        List<Leg> found = legs.searchAll(question, patient);
        double searched = (System.nanoTime() - since) / 1e6;
        since = System.nanoTime();
        List<Passage> plain = unread.find(question, PASSAGES, new Trace.Recorder());
        double fused = (System.nanoTime() - since) / 1e6;
        List<RetrievalSteps> steps = new ArrayList<>();
        Trace.Recorder trace = new Trace.Recorder(steps::add);
        since = System.nanoTime();
        List<Passage> passages = whole.find(question, PASSAGES, trace);
        double read = (System.nanoTime() - since) / 1e6;
        timeStages(found, trace.done());
        refusals.add(asked.answerable(), best(passages));
        byCosine.add(asked.answerable(), steps.stream().mapToDouble(Evaluation::cosine).sum());
        steps.forEach(one -> judge(asked, question.language(), one));
        if (!asked.evidence().isEmpty()) {
            List<Passage> sent = passages.subList(0, Math.min(answers.passages(), passages.size()));
            evidence.add(
                    asked.evidence(),
                    prompts.assemble(question, List.of(), sent, 1_000).prompt().user());
        }
        if (!asked.relevant().isEmpty()) {
            Set<String> relevant = asked.relevant();
            addLegs(found, relevant);
            add("rrf", ReciprocalRank.fuse(found), searched, relevant);
            add(name + WITHOUT_RERANK, ids(plain), fused, relevant);
            add(name, ids(passages), read, relevant);
        }
    }

    /// "vector" is the space of the question's language; the others go by their model's name.
    private void addLegs(List<Leg> found, Set<String> relevant) {
        for (Leg leg : found) {
            List<Long> ids = leg.ranking().hits().stream().map(Hit::chunk).toList();
            double ms = leg.took().toNanos() / 1e6;
            if (leg.kind() == Leg.Kind.KEYWORD) {
                add("bm25", ids, ms, relevant);
            } else {
                if (leg.speaksQuestion()) {
                    add("vector", ids, ms, relevant);
                }
                add(leg.ranking().leg(), ids, ms, relevant);
            }
        }
    }

    private void add(String ranking, List<Long> chunks, double ms, Set<String> relevant) {
        figures.computeIfAbsent(ranking, _ -> new Figures.Sum())
                .add(base.documents(chunks), relevant);
        times(latencies, ranking).add(ms);
    }

    private void timeStages(List<Leg> found, Trace trace) {
        for (Leg leg : found) {
            times(stages, leg.ranking().leg()).add(leg.took().toNanos() / 1e6);
        }
        if (trace.entries().get("retrieval-ms") instanceof Map<?, ?> laps) {
            for (String stage : List.of("retrieve", "fuse", "load", "rerank")) {
                if (laps.get(stage) instanceof Double ms) {
                    times(stages, stage).add(ms);
                }
            }
        }
    }

    private HybridRetrieval retrieval(RetrievalProfile profile, Encoders encoders) {
        return new HybridRetrieval(
                base.index(), base.index(), encoders, base.live(), base.folding(), profile);
    }

    private static Times times(Map<String, Times> all, String of) {
        return all.computeIfAbsent(of, _ -> new Times());
    }

    /// What a passage stands for says the same, and so follows it.
    private static List<Long> ids(List<Passage> passages) {
        return passages.stream()
                .flatMap(one -> Stream.concat(Stream.of(one.source()), one.folded().stream()))
                .map(StoredChunk::id)
                .toList();
    }

    /// For a fit.
    List<CalibrationFit.Sample> samples() {
        return List.copyOf(samples);
    }

    private void judge(EvaluationSet.Question question, Language language, RetrievalSteps steps) {
        asked++;
        boolean translated = steps.legs().stream().anyMatch(Leg::isTranslated);
        for (Passage passage :
                steps.returned().subList(0, Math.min(JUDGED, steps.returned().size()))) {
            Fused.Signals signals = steps.fused().signals().get(passage.source().id());
            if (signals != null) {
                boolean right =
                        question.answerable()
                                && ids(List.of(passage)).stream()
                                        .flatMap(id -> base.documents(List.of(id)).stream())
                                        .anyMatch(question.relevant()::contains);
                samples.add(
                        new CalibrationFit.Sample(
                                asked,
                                translated && passage.source().chunk().language() != language,
                                signals,
                                steps.scores().get(passage.source().id()),
                                right,
                                1));
            }
        }
    }

    /// Of the nearest passage.
    private static double cosine(RetrievalSteps steps) {
        return steps.legs().stream()
                .filter(leg -> leg.kind() == Leg.Kind.VECTOR && leg.speaksQuestion())
                .flatMap(leg -> leg.ranking().hits().stream())
                .mapToDouble(Hit::score)
                .max()
                .orElse(0);
    }

    private static double best(List<Passage> passages) {
        return passages.stream().mapToDouble(Passage::relevance).max().orElse(0);
    }
}
