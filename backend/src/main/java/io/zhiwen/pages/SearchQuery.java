package io.zhiwen.pages;

import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.search.Filter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/// What an address of the search page asks for, and the addresses one click away from it.
///
/// @param chosen values by the name they have in the address
/// @param shown how many documents
/// @param wide whether all there is to filter by is shown
record SearchQuery(String text, Map<String, Set<String>> chosen, int shown, boolean wide) {

    static final int AT_ONCE = 10;

    static final String BASE = "base";
    static final String TYPE = "type";
    static final String LANGUAGE = "language";
    static final String DAYS = "days";
    static final String FROM = "from";
    static final String TO = "to";
    static final String TAG = "tag";
    static final String FOLDER = "folder";
    static final String OWNER = "owner";

    /// Before the id of a field.
    static final String FIELD = "field.";

    private static final Set<String> NAMES =
            Set.of(BASE, TYPE, LANGUAGE, DAYS, FROM, TO, TAG, FOLDER, OWNER);

    private static final int MOST = 100;
    private static final int LONGEST = 500;

    /// A field of the address.
    record Field(String name, String value) {}

    SearchQuery {
        Map<String, Set<String>> copy = new LinkedHashMap<>();
        chosen.forEach(
                (name, values) -> {
                    if (!values.isEmpty()) {
                        copy.put(name, Collections.unmodifiableSet(new LinkedHashSet<>(values)));
                    }
                });
        chosen = Collections.unmodifiableMap(copy);
    }

    /// What is not ours in the address is left out.
    static SearchQuery of(
            String text, MultiValueMap<String, String> address, int shown, boolean wide) {
        Map<String, Set<String>> chosen = new LinkedHashMap<>();
        address.forEach(
                (name, values) -> {
                    if (NAMES.contains(name) || name.startsWith(FIELD)) {
                        values.stream()
                                .map(value -> value == null ? "" : value.strip())
                                .filter(value -> isUsable(name, value))
                                .limit(MOST)
                                .forEach(
                                        value ->
                                                chosen.computeIfAbsent(
                                                                name, _ -> new LinkedHashSet<>())
                                                        .add(value));
                    }
                });
        return new SearchQuery(text, chosen, shown, wide);
    }

    private static boolean isUsable(String name, String value) {
        return switch (name) {
            case BASE, FOLDER -> SearchFilter.id(value) != null;
            case DAYS -> value.matches("[1-9][0-9]{0,4}");
            case LANGUAGE -> value.equals("zh") || value.equals("en");
            default -> !value.isEmpty() && value.length() <= LONGEST;
        };
    }

    boolean isFiltered() {
        return !chosen.isEmpty();
    }

    Set<String> values(String name) {
        return chosen.getOrDefault(name, Set.of());
    }

    /// Empty where nothing is chosen.
    String value(String name) {
        return values(name).stream().findFirst().orElse("");
    }

    boolean has(String name, String value) {
        return values(name).contains(value);
    }

    List<KnowledgeBaseId> baseIds() {
        return values(BASE).stream().map(UUID::fromString).map(KnowledgeBaseId::new).toList();
    }

    Filter filter(Instant now) {
        return new SearchFilter(this).at(now);
    }

    /// Taken back where it is chosen, else chosen beside the others.
    SearchQuery toggle(String name, String value) {
        Set<String> values = new LinkedHashSet<>(values(name));
        if (!values.remove(value)) {
            values.add(value);
        }
        return with(name, values);
    }

    /// Taken back where it is chosen, else chosen in place of the other.
    SearchQuery choose(String name, String value) {
        return with(name, has(name, value) ? Set.of() : Set.of(value));
    }

    /// Folders and fields are those of a base.
    SearchQuery toggleBase(UUID base) {
        return toggle(BASE, base.toString())
                .without(name -> name.equals(FOLDER) || name.startsWith(FIELD));
    }

    SearchQuery unfiltered() {
        return new SearchQuery(text, Map.of(), AT_ONCE, wide);
    }

    SearchQuery more() {
        return new SearchQuery(text, chosen, shown + AT_ONCE, wide);
    }

    SearchQuery widened(boolean open) {
        return new SearchQuery(text, chosen, shown, open);
    }

    private SearchQuery with(String name, Set<String> values) {
        Map<String, Set<String>> others = new LinkedHashMap<>(chosen);
        others.put(name, values);
        return new SearchQuery(text, others, AT_ONCE, wide);
    }

    private SearchQuery without(Predicate<String> names) {
        Map<String, Set<String>> others = new LinkedHashMap<>(chosen);
        others.keySet().removeIf(names);
        return new SearchQuery(text, others, AT_ONCE, wide);
    }

    /// Everything but the text.
    List<Field> filters() {
        return filters(_ -> true);
    }

    List<Field> filters(Predicate<String> names) {
        List<Field> fields = new ArrayList<>();
        chosen.forEach(
                (name, values) -> {
                    if (names.test(name)) {
                        values.forEach(value -> fields.add(new Field(name, value)));
                    }
                });
        if (wide) {
            fields.add(new Field("wide", "true"));
        }
        return fields;
    }

    String link() {
        List<Field> fields = new ArrayList<>();
        fields.add(new Field("q", text));
        fields.addAll(filters());
        if (shown > AT_ONCE) {
            fields.add(new Field("shown", Integer.toString(shown)));
        }
        return "/search?"
                + fields.stream()
                        .map(field -> coded(field.name()) + "=" + coded(field.value()))
                        .collect(Collectors.joining("&"));
    }

    private static String coded(@Nullable String value) {
        return URLEncoder.encode(value == null ? "" : value, StandardCharsets.UTF_8)
                .replace("+", "%20");
    }
}
