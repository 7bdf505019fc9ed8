package io.zhiwen.pages;

import io.zhiwen.search.Choices;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// All there is to filter by, as a form: the values of one filter each, beside what is chosen.
///
/// @param kept what is chosen and has no control of its own in the form
/// @param folder the id of the one chosen; empty for none
record SearchForm(
        List<SearchQuery.Field> kept,
        List<String> tags,
        List<String> types,
        List<String> owners,
        List<FolderOption> folders,
        String folder,
        String from,
        String to,
        List<FieldControl> fields) {

    record FolderOption(String id, String path) {}

    /// @param name in the address
    /// @param value of a field with one control; of numbers and dates the first bound
    /// @param options with their labels
    record FieldControl(
            String name,
            String title,
            String kind,
            String value,
            String upTo,
            List<Option> options) {}

    record Option(String value, String label) {}

    static SearchForm of(SearchQuery query, Choices choices, Words words, Locale locale) {
        var fields =
                choices.fields().stream()
                        .map(field -> control(query, field, words, locale))
                        .toList();
        return new SearchForm(
                query.filters(name -> !isControlled(name, choices, fields)),
                left(choices.tags(), query, SearchQuery.TAG),
                left(choices.types(), query, SearchQuery.TYPE),
                left(choices.owners(), query, SearchQuery.OWNER),
                choices.folders().stream()
                        .map(
                                folder ->
                                        new FolderOption(
                                                folder.id().toString(),
                                                String.join(" / ", folder.path())))
                        .sorted(Comparator.comparing(FolderOption::path))
                        .toList(),
                query.value(SearchQuery.FOLDER),
                query.value(SearchQuery.FROM),
                query.value(SearchQuery.TO),
                fields);
    }

    /// Whether the form sends it itself, so that what is there is replaced.
    private static boolean isControlled(String name, Choices choices, List<FieldControl> fields) {
        return name.equals(SearchQuery.FROM)
                || name.equals(SearchQuery.TO)
                || (name.equals(SearchQuery.FOLDER) && !choices.folders().isEmpty())
                || fields.stream()
                        .anyMatch(
                                field ->
                                        name.equals(field.name())
                                                || name.startsWith(field.name() + "."));
    }

    private static List<String> left(List<String> all, SearchQuery query, String name) {
        return all.stream().filter(value -> !query.has(name, value)).toList();
    }

    private static FieldControl control(
            SearchQuery query, Choices.FieldChoice field, Words words, Locale locale) {
        var name = SearchQuery.FIELD + field.id();
        boolean bounds = field.kind().equals("number") || field.kind().equals("date");
        boolean text = field.kind().equals("text");
        List<Option> options = new ArrayList<>();
        if (field.kind().equals("yes-no")) {
            options.add(new Option("yes", words.say(locale, "search.yes")));
            options.add(new Option("no", words.say(locale, "search.no")));
        }
        field.values().forEach(value -> options.add(new Option(value, value)));
        return new FieldControl(
                name,
                field.name(),
                bounds ? field.kind() : text ? "text" : "options",
                query.value(
                        bounds ? name + SearchFilter.FROM : text ? name + SearchFilter.HAS : name),
                query.value(name + SearchFilter.TO),
                options);
    }
}
