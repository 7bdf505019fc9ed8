package io.zhiwen.evaluate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// A report as JSON, for programs: one object for one set, an array for several.
final class ReportJson {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ReportJson() {}

    static String of(List<EvaluationReport> reports) {
        List<Map<String, Object>> objects = reports.stream().map(ReportJson::object).toList();
        return JSON.writerWithDefaultPrettyPrinter()
                .writeValueAsString(objects.size() == 1 ? objects.getFirst() : objects);
    }

    private static Map<String, Object> object(EvaluationReport report) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("set", report.set());
        object.put("passages", report.passages());
        Map<String, Object> profiles = new LinkedHashMap<>();
        report.rankings().forEach((name, ranking) -> profiles.put(name, ranking(ranking)));
        object.put("profiles", profiles);
        Map<String, Object> stages = new LinkedHashMap<>();
        report.stages().forEach((name, latency) -> stages.put(name, millis(latency)));
        object.put("stages", stages);
        object.put("refusal", report.refusal().stream().map(ReportJson::point).toList());
        if (report.refusesAt() != null) {
            object.put("refuses_at", point(report.refusesAt()));
        }
        object.put(
                "refusal_compared", report.compared().stream().map(ReportJson::compared).toList());
        object.put("reliability", reliability(report.reliability()));
        if (report.evidence() != null) {
            object.put("evidence@3000", report.evidence());
        }
        return object;
    }

    private static Map<String, Object> ranking(EvaluationReport.RankingReport ranking) {
        Figures figures = ranking.figures();
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("questions", figures.questions());
        object.put("hit@1", figures.hit1());
        object.put("recall@5", figures.recall5());
        object.put("recall@10", figures.recall10());
        object.put("mrr@10", figures.mrr10());
        object.put("ndcg@10", figures.ndcg10());
        object.putAll(millis(ranking.latency()));
        return object;
    }

    private static Map<String, Object> millis(EvaluationReport.Latency latency) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("p50_ms", latency.p50());
        object.put("p95_ms", latency.p95());
        return object;
    }

    private static Map<String, Object> compared(RefusalComparison compared) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("false_refusals_at_most", compared.allowed());
        object.put("relevance", point(compared.relevance()));
        object.put("cosine", point(compared.cosine()));
        return object;
    }

    private static Map<String, Object> reliability(Reliability reliability) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("expected_calibration_error", reliability.error());
        object.put("passages", reliability.passages());
        object.put("bins", reliability.bins());
        return object;
    }

    private static Map<String, Object> point(RefusalPoint point) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("threshold", point.threshold());
        object.put("false_answers", point.falseAnswers());
        object.put("false_refusals", point.falseRefusals());
        return object;
    }
}
