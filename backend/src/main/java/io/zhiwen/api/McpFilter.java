package io.zhiwen.api;

import java.util.List;
import java.util.Map;

/// The filter of `FilterJson`, as tools describe it to agents.
final class McpFilter {

    static final Map<String, Object> SCHEMA =
            object(
                    "Narrows what is searched: every member given must hold, of several values in"
                            + " one, one.",
                    Map.ofEntries(
                            Map.entry("tags", texts("Documents with one of these tags.")),
                            Map.entry("all_tags", texts("Documents with all of these tags.")),
                            Map.entry("folder_ids", texts("Folders, with all below them.")),
                            Map.entry("types", texts("Types of files: PDF, Word, Excel, …")),
                            Map.entry("languages", texts("Languages of passages: zh, en.")),
                            Map.entry("uploaded_from", text("A day, 2026-01-31, or a moment.")),
                            Map.entry("uploaded_to", text("A day, included, or a moment.")),
                            Map.entry("owners", texts("Names of those who answer for them.")),
                            Map.entry("in_force_on", text("A day: in force on it.")),
                            Map.entry(
                                    "fields",
                                    Map.of(
                                            "type",
                                            "array",
                                            "maxItems",
                                            20,
                                            "description",
                                            "Fields of the bases, each asked in one way.",
                                            "items",
                                            field()))),
                    List.of());

    private McpFilter() {}

    private static Map<String, Object> field() {
        return object(
                "One of `any`, `contains`, `from` and `to`, `is`.",
                Map.of(
                        "name", text("The field, by its name or id."),
                        "any", Map.of("type", "array", "maxItems", 100),
                        "contains", text("A text that has this in it."),
                        "from", Map.of("description", "A number or a day, included."),
                        "to", Map.of("description", "A number or a day, included."),
                        "is", Map.of("type", "boolean", "description", "Yes or no.")),
                List.of("name"));
    }

    private static Map<String, Object> object(
            String description, Map<String, Object> members, List<String> required) {
        return Map.of(
                "type", "object",
                "description", description,
                "properties", members,
                "required", required,
                "additionalProperties", false);
    }

    private static Map<String, Object> texts(String description) {
        return Map.of(
                "type",
                "array",
                "items",
                Map.of("type", "string", "maxLength", FilterJson.LONGEST),
                "maxItems",
                100,
                "description",
                description);
    }

    private static Map<String, Object> text(String description) {
        return Map.of(
                "type", "string", "maxLength", FilterJson.LONGEST, "description", description);
    }
}
