package io.zhiwen.evaluate;

import io.zhiwen.evaluate.EvaluationReport.Latency;
import java.io.PrintStream;
import java.util.Locale;

/// A report as Markdown tables, for people.
final class ReportText {

    private ReportText() {}

    static void print(EvaluationReport report, PrintStream out) {
        out.printf("%n## %s, %d passages%n%n", report.set(), report.passages());
        out.println(
                "| ranking | questions | hit@1 | recall@5 | recall@10 | MRR@10 | nDCG@10 | p50 ms |"
                        + " p95 ms |");
        out.println("|---|---|---|---|---|---|---|---|---|");
        report.rankings()
                .forEach(
                        (name, ranking) -> {
                            Figures f = ranking.figures();
                            out.printf(
                                    Locale.ROOT,
                                    "| %s | %d | %.3f | %.3f | %.3f | %.3f | %.3f | %s |%n",
                                    name,
                                    f.questions(),
                                    f.hit1(),
                                    f.recall5(),
                                    f.recall10(),
                                    f.mrr10(),
                                    f.ndcg10(),
                                    millis(ranking.latency()));
                        });
        out.printf("%n| stage | p50 ms | p95 ms |%n|---|---|---|%n");
        report.stages().forEach((name, ms) -> out.printf("| %s | %s |%n", name, millis(ms)));
        if (report.evidence() != null) {
            out.printf(
                    Locale.ROOT,
                    "%nEvidence inside the passages sent (3,000 tokens): %.3f%n",
                    report.evidence());
        }
        refusal(report, out);
        reliability(report.reliability(), out);
    }

    static void reliability(Reliability reliability, PrintStream out) {
        out.printf(
                "%n| relevance | passages | mean relevance | share right |%n|---|---|---|---|%n");
        for (Reliability.Bin bin : reliability.bins()) {
            out.printf(
                    Locale.ROOT,
                    "| %.1f-%.1f | %d | %.3f | %.3f |%n",
                    bin.from(),
                    bin.to(),
                    bin.count(),
                    bin.predicted(),
                    bin.right());
        }
        out.printf(
                Locale.ROOT,
                "%nExpected calibration error over %d passages: %.3f%n",
                reliability.passages(),
                reliability.error());
    }

    private static void refusal(EvaluationReport report, PrintStream out) {
        RefusalPoint own = report.refusesAt();
        if (own == null) {
            return;
        }
        out.printf("%n| refuse below | false answers | false refusals |%n|---|---|---|%n");
        report.refusal().stream()
                .filter(point -> Math.round(point.threshold() * 100) % 10 == 0)
                .forEach(point -> row(point, "", out));
        row(own, " (the default)", out);
        out.printf(
                "%n| false refusals at most | false answers by relevance | by cosine | share of"
                        + " those |%n|---|---|---|---|%n");
        for (RefusalComparison one : report.compared()) {
            double cosine = one.cosine().falseAnswers();
            out.printf(
                    Locale.ROOT,
                    "| %.2f | %.3f (from %.3f) | %.3f (from %.3f) | %s |%n",
                    one.allowed(),
                    one.relevance().falseAnswers(),
                    one.relevance().threshold(),
                    cosine,
                    one.cosine().threshold(),
                    cosine == 0
                            ? "-"
                            : String.format(
                                    Locale.ROOT, "%.2f", one.relevance().falseAnswers() / cosine));
        }
    }

    private static void row(RefusalPoint point, String note, PrintStream out) {
        out.printf(
                Locale.ROOT,
                "| %.2f%s | %.3f | %.3f |%n",
                point.threshold(),
                note,
                point.falseAnswers(),
                point.falseRefusals());
    }

    private static String millis(Latency latency) {
        return String.format(Locale.ROOT, "%.1f | %.1f", latency.p50(), latency.p95());
    }
}
