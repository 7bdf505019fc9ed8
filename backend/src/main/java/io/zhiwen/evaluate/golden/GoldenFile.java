package io.zhiwen.evaluate.golden;

import io.zhiwen.evaluate.golden.GoldenRefused.Reason;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads golden questions from text: JSON, one object a line (`question` or `text`, `documents`,
/// `answers` or `evidence`, `answerable`), or CSV with a head line of the same names, where several
/// values of a cell have `|` or a line break between them. Chinese names of the columns do as well.
public final class GoldenFile {

    private static final int MOST_LINES = 10_000;
    private static final String BETWEEN = "[|\\n]";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final Map<String, Set<String>> NAMES =
            Map.of(
                    "text", Set.of("question", "text", "问题"),
                    "documents", Set.of("documents", "document", "文档"),
                    "evidence", Set.of("answers", "answer", "evidence", "答案", "依据"),
                    "answerable", Set.of("answerable", "可答"));

    private GoldenFile() {}

    /// @throws GoldenRefused naming the first line that cannot be read
    public static List<GoldenLine> read(String file) {
        String text = file.startsWith("\uFEFF") ? file.substring(1) : file;
        List<GoldenLine> lines = text.stripLeading().startsWith("{") ? json(text) : csv(text);
        if (lines.isEmpty()) {
            throw GoldenRefused.because(Reason.NOT_READABLE).at(1);
        }
        if (lines.size() > MOST_LINES) {
            throw GoldenRefused.because(Reason.TOO_MANY, Integer.toString(MOST_LINES));
        }
        return lines;
    }

    private static List<GoldenLine> json(String text) {
        List<GoldenLine> lines = new ArrayList<>();
        String[] rows = text.split("\\R", -1);
        for (int i = 0; i < rows.length; i++) {
            if (!rows[i].isBlank()) {
                lines.add(json(rows[i], i + 1));
            }
        }
        return lines;
    }

    private static GoldenLine json(String row, int line) {
        try {
            JsonNode node = JSON.readTree(row);
            JsonNode question = field(node, "text");
            JsonNode answerable = field(node, "answerable");
            if (question == null || !question.isString()) {
                throw GoldenRefused.because(Reason.NOT_READABLE).at(line);
            }
            return new GoldenLine(
                    line,
                    question.asString(),
                    answerable == null || answerable.asBoolean(true),
                    values(field(node, "documents")),
                    values(field(node, "evidence")));
        } catch (JacksonException _) {
            throw GoldenRefused.because(Reason.NOT_READABLE).at(line);
        }
    }

    private static @Nullable JsonNode field(JsonNode node, String name) {
        for (String one : NAMES.getOrDefault(name, Set.of())) {
            if (node.has(one) && !node.get(one).isNull()) {
                return node.get(one);
            }
        }
        return null;
    }

    private static List<String> values(@Nullable JsonNode node) {
        if (node == null) {
            return List.of();
        }
        List<String> values = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(one -> values.add(one.asString()));
        } else {
            values.add(node.asString());
        }
        return values;
    }

    private static List<GoldenLine> csv(String text) {
        CSVFormat format =
                CSVFormat.RFC4180
                        .builder()
                        .setHeader()
                        .setSkipHeaderRecord(true)
                        .setIgnoreEmptyLines(true)
                        .setIgnoreSurroundingSpaces(true)
                        .get();
        List<GoldenLine> lines = new ArrayList<>();
        try (var rows = format.parse(new StringReader(text))) {
            for (CSVRecord row : rows) {
                int line = Math.toIntExact(rows.getCurrentLineNumber());
                lines.add(csv(row, line));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (UncheckedIOException | IllegalArgumentException _) {
            throw GoldenRefused.because(Reason.NOT_READABLE).at(lines.size() + 1);
        }
        return lines;
    }

    private static GoldenLine csv(CSVRecord row, int line) {
        String question = cell(row, "text");
        if (question.isEmpty()) {
            throw GoldenRefused.because(Reason.NOT_READABLE).at(line);
        }
        return new GoldenLine(
                line,
                question,
                !Set.of("false", "no", "0", "否")
                        .contains(cell(row, "answerable").toLowerCase(Locale.ROOT)),
                several(cell(row, "documents")),
                several(cell(row, "evidence")));
    }

    private static String cell(CSVRecord row, String name) {
        for (Map.Entry<String, String> cell : row.toMap().entrySet()) {
            String head = cell.getKey().strip().toLowerCase(Locale.ROOT);
            if (NAMES.getOrDefault(name, Set.of()).contains(head) && cell.getValue() != null) {
                return cell.getValue().strip();
            }
        }
        return "";
    }

    private static List<String> several(String cell) {
        return Arrays.stream(cell.split(BETWEEN))
                .map(String::strip)
                .filter(one -> !one.isEmpty())
                .toList();
    }
}
