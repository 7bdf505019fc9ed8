package io.zhiwen.ingest.parse.worker;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Writes a value of JSON: what is small as lines `key.path: value`, like objects as a table, and
/// what is large below headings named by its keys.
final class JsonBlocks {

    /// An object of no more values is read at one glance.
    private static final int SMALL = 40;

    private static final int LONG = 200;
    private static final int DEEPEST = 300;
    private static final List<String> NAMES =
            List.of("title", "name", "标题", "名称", "question", "问题", "id", "key");

    private final Blocks to;

    JsonBlocks(Blocks to) {
        this.to = to;
    }

    static boolean areRows(List<JsonNode> values) {
        return values.stream().allMatch(JsonNode::isObject)
                && Records.isTable(values.stream().map(JsonBlocks::row).toList());
    }

    /// The cells of an object by the paths to them; none of what is no object.
    static Map<String, String> row(JsonNode object) {
        Map<String, String> cells = new LinkedHashMap<>();
        if (object.isObject()) {
            flatten(object, "", cells, 0);
        }
        return cells;
    }

    private static void flatten(JsonNode object, String path, Map<String, String> to, int depth) {
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            String name = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
            JsonNode value = field.getValue();
            if (value.isObject() && !value.isEmpty() && depth < DEEPEST) {
                flatten(value, name, to, depth + 1);
            } else {
                String text = text(value);
                if (!text.isBlank()) {
                    to.put(name, text);
                }
            }
        }
    }

    /// On one line, whatever it is.
    private static String text(JsonNode value) {
        if (value.isArray()) {
            return value.valueStream().map(JsonBlocks::text).collect(Collectors.joining(", "));
        }
        if (value.isObject()) {
            return row(value).entrySet().stream()
                    .map(cell -> cell.getKey() + ": " + cell.getValue())
                    .collect(Collectors.joining("; "));
        }
        return value.isNull() ? "" : value.asString("");
    }

    /// The whole document.
    void write(JsonNode value) {
        write(value, 1, 0);
    }

    /// One of many.
    ///
    /// @param number from 1
    void writeOne(JsonNode value, int number) {
        if (value.isContainer()) {
            to.heading(1, name(value, number));
            write(value, 2, 0);
        } else {
            to.listItem(1, text(value));
        }
    }

    private void write(JsonNode value, int level, int depth) {
        if (value.isObject()) {
            object(value, level, depth);
        } else if (value.isArray()) {
            array(value, level, depth);
        } else {
            to.paragraph(text(value));
        }
    }

    private void object(JsonNode object, int level, int depth) {
        Map<String, String> cells = row(object);
        boolean small =
                cells.size() <= SMALL
                        && cells.values().stream().allMatch(cell -> cell.length() <= LONG);
        boolean tables = object.valueStream().anyMatch(JsonBlocks::isTable);
        if ((small && !tables) || depth > DEEPEST) {
            cells.forEach(this::line);
            return;
        }
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            if (!field.getValue().isContainer()) {
                line(field.getKey(), text(field.getValue()));
            }
        }
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            if (field.getValue().isContainer() && !field.getValue().isEmpty()) {
                to.heading(level, field.getKey());
                write(field.getValue(), level + 1, depth + 1);
            }
        }
    }

    private static boolean isTable(JsonNode value) {
        return value.isArray() && areRows(value.valueStream().toList());
    }

    private void line(String path, String text) {
        if (text.length() > LONG) {
            to.paragraph(path + ": " + text);
        } else if (!text.isBlank()) {
            to.listItem(1, path + ": " + text);
        }
    }

    private void array(JsonNode array, int level, int depth) {
        List<JsonNode> values = array.valueStream().toList();
        if (areRows(values)) {
            Records table = new Records(to);
            values.forEach(value -> table.add(row(value)));
            table.end();
            return;
        }
        if (isGrid(values)) {
            List<List<String>> rows = new ArrayList<>();
            values.forEach(v -> rows.add(v.valueStream().map(JsonBlocks::text).toList()));
            to.table(rows, -1);
            return;
        }
        int number = 0;
        for (JsonNode value : values) {
            number++;
            if (value.isContainer()) {
                to.heading(level, name(value, number));
                write(value, level + 1, depth + 1);
            } else {
                to.listItem(1, text(value));
            }
        }
    }

    private static boolean isGrid(List<JsonNode> values) {
        return values.size() > 1
                && values.stream()
                        .allMatch(
                                v ->
                                        v.isArray()
                                                && v.size() > 1
                                                && v.valueStream()
                                                        .noneMatch(JsonNode::isContainer));
    }

    /// What a person would call it.
    private static String name(JsonNode value, int number) {
        for (String name : NAMES) {
            String text = value.path(name).asString("");
            if (!text.isBlank() && text.length() < 100) {
                return text;
            }
        }
        return String.valueOf(number);
    }
}
