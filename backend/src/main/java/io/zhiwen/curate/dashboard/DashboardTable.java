package io.zhiwen.curate.dashboard;

import io.zhiwen.curate.Csv;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/// A table of the dashboard that can be taken along, as CSV.
public enum DashboardTable {
    DAYS,
    BASES,
    DOCUMENTS,
    /// Documents that no answer rests on.
    UNUSED,
    /// Why files could not be read, and how many.
    FAILURES;

    private static final List<String> FIGURES =
            List.of(
                    "questions",
                    "readers",
                    "answered",
                    "refused",
                    "unsupported",
                    "first_token_ms",
                    "first_token_p95_ms",
                    "thumbs_up",
                    "thumbs_down",
                    "prompt_tokens",
                    "answer_tokens",
                    "ingest_failures");

    public static Optional<DashboardTable> of(String code) {
        for (DashboardTable table : values()) {
            if (table.code().equals(code)) {
                return Optional.of(table);
            }
        }
        return Optional.empty();
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// One line for each step of the period.
    public static String days(Overview overview) {
        return Csv.of(
                head("from"),
                overview.steps().stream()
                        .map(step -> line(step.begins().toString(), step.figures()))
                        .toList());
    }

    public static String bases(Overview overview) {
        return Csv.of(
                head("knowledge_base"),
                overview.bases().stream().map(one -> line(one.name(), one.figures())).toList());
    }

    public static String documents(List<Overview.Used> documents) {
        return Csv.of(
                List.of("document", "id", "knowledge_base", "answers"),
                documents.stream()
                        .map(
                                one ->
                                        List.of(
                                                one.name(),
                                                one.document().toString(),
                                                one.base(),
                                                Long.toString(one.times())))
                        .toList());
    }

    public static String unused(List<Overview.Used> documents) {
        return Csv.of(
                List.of("document", "id", "knowledge_base"),
                documents.stream()
                        .map(one -> List.of(one.name(), one.document().toString(), one.base()))
                        .toList());
    }

    public static String failures(List<Overview.Failed> failures) {
        return Csv.of(
                List.of("reason", "files"),
                failures.stream()
                        .map(
                                one ->
                                        List.of(
                                                one.reason()
                                                        .toLowerCase(Locale.ROOT)
                                                        .replace('_', '-'),
                                                Long.toString(one.count())))
                        .toList());
    }

    private static List<String> head(String first) {
        List<String> head = new ArrayList<>(FIGURES);
        head.addFirst(first);
        return head;
    }

    private static List<String> line(String first, Figures figures) {
        var answers = figures.answers();
        return List.of(
                first,
                Long.toString(answers.questions()),
                Long.toString(answers.readers()),
                Long.toString(answers.answered()),
                Long.toString(answers.refused()),
                Long.toString(answers.unsupported()),
                Objects.toString(answers.firstToken(), ""),
                Objects.toString(answers.firstTokenMost(), ""),
                Long.toString(figures.ratings().good()),
                Long.toString(figures.ratings().bad()),
                Long.toString(figures.tokens().prompt()),
                Long.toString(figures.tokens().answer()),
                Long.toString(figures.failures()));
    }
}
