package io.zhiwen.pages;

import io.zhiwen.ingest.chunk.Language;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.search.Filter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// What an address of the search page asks for, and the addresses one click away from it.
///
/// @param languages by tag
/// @param days how far back; 0 for all of time
/// @param shown how many documents
record SearchQuery(
        String text,
        Set<UUID> bases,
        Set<String> types,
        Set<String> languages,
        int days,
        int shown) {

    static final int AT_ONCE = 10;

    /// A field of the address.
    record Field(String name, String value) {}

    boolean isFiltered() {
        return !bases.isEmpty() || !types.isEmpty() || !languages.isEmpty() || days > 0;
    }

    List<KnowledgeBaseId> baseIds() {
        return bases.stream().map(KnowledgeBaseId::new).toList();
    }

    Filter filter(Instant now) {
        var chosen = EnumSet.noneOf(Language.class);
        for (var language : Language.values()) {
            if (languages.contains(language.tag())) {
                chosen.add(language);
            }
        }
        return new Filter(types, chosen, days > 0 ? now.minus(Duration.ofDays(days)) : null, null);
    }

    SearchQuery toggleBase(UUID base) {
        return new SearchQuery(text, toggled(bases, base), types, languages, days, AT_ONCE);
    }

    SearchQuery toggleType(String type) {
        return new SearchQuery(text, bases, toggled(types, type), languages, days, AT_ONCE);
    }

    SearchQuery toggleLanguage(String language) {
        return new SearchQuery(text, bases, types, toggled(languages, language), days, AT_ONCE);
    }

    SearchQuery toggleDays(int wanted) {
        return new SearchQuery(text, bases, types, languages, days == wanted ? 0 : wanted, AT_ONCE);
    }

    SearchQuery unfiltered() {
        return new SearchQuery(text, Set.of(), Set.of(), Set.of(), 0, AT_ONCE);
    }

    SearchQuery more() {
        return new SearchQuery(text, bases, types, languages, days, shown + AT_ONCE);
    }

    /// Everything but the text.
    List<Field> filters() {
        List<Field> fields = new ArrayList<>();
        bases.forEach(base -> fields.add(new Field("base", base.toString())));
        types.forEach(type -> fields.add(new Field("type", type)));
        languages.forEach(language -> fields.add(new Field("language", language)));
        if (days > 0) {
            fields.add(new Field("days", Integer.toString(days)));
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
                        .map(field -> field.name() + "=" + coded(field.value()))
                        .collect(Collectors.joining("&"));
    }

    private static String coded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static <T> Set<T> toggled(Collection<T> values, T value) {
        Set<T> toggled = new LinkedHashSet<>(values);
        if (!toggled.remove(value)) {
            toggled.add(value);
        }
        return toggled;
    }
}
