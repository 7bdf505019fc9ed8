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
