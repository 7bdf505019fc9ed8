package io.zhiwen.evaluate;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// How well a set is answered without a model.
///
/// @param given asked of the passages of the document that holds the answer
/// @param asked asked of whatever the retrieval finds
/// @param found those of `asked` whose document was among the passages
record AnswersReport(String set, AnswersHeld given, AnswersHeld asked, AnswersHeld found) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    void print(PrintStream out) {
        out.printf("%n## %s%n%n", set);
        out.println(
                "| passages | questions | best sentence | shown, at most 3 | refused | sentences |");
        out.println("|---|---|---|---|---|---|");
        parts().forEach((name, held) -> row(name, held, out));
    }

    static String json(List<AnswersReport> reports) {
        return JSON.writerWithDefaultPrettyPrinter()
                .writeValueAsString(reports.stream().map(AnswersReport::object).toList());
    }

    private Map<String, AnswersHeld> parts() {
        Map<String, AnswersHeld> parts = new LinkedHashMap<>();
        parts.put("given", given);
        parts.put("retrieved", asked);
        parts.put("retrieved, the right one among them", found);
        return parts;
    }

    private static void row(String name, AnswersHeld held, PrintStream out) {
        out.printf(
                Locale.ROOT,
                "| %s | %d | %.3f | %.3f | %.3f | %.2f |%n",
                name,
                held.questions(),
                held.best(),
                held.three(),
                held.refusals(),
                held.sentencesShown());
    }

    private Map<String, Object> object() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("set", set);
        parts().forEach(
                        (name, held) -> {
                            Map<String, Object> figures = new LinkedHashMap<>();
                            figures.put("questions", held.questions());
                            figures.put("best", held.best());
                            figures.put("shown", held.three());
                            figures.put("refused", held.refusals());
                            figures.put("sentences", held.sentencesShown());
                            object.put(name, figures);
                        });
        return object;
    }
}
