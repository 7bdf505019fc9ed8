package io.zhiwen.pages;

import io.zhiwen.ingest.chunk.Language;
import io.zhiwen.search.Condition;
import io.zhiwen.search.Filter;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The filter that an address of the search page asks for. What cannot be read narrows nothing.
record SearchFilter(SearchQuery query) {

    static final String FROM = ".from";
    static final String TO = ".to";
    static final String HAS = ".has";

    private static final int LONGEST_AGO = 36_500;

    Filter at(Instant now) {
        List<Condition> all = new ArrayList<>();
        query.values(SearchQuery.TAG).forEach(tag -> all.add(new Condition.Tagged(Set.of(tag))));
        if (!query.values(SearchQuery.TYPE).isEmpty()) {
            all.add(new Condition.OfType(query.values(SearchQuery.TYPE)));
        }
        if (!query.values(SearchQuery.OWNER).isEmpty()) {
            all.add(new Condition.OwnedBy(query.values(SearchQuery.OWNER)));
        }
        if (!query.values(SearchQuery.FOLDER).isEmpty()) {
            all.add(
                    new Condition.InFolder(
                            query.values(SearchQuery.FOLDER).stream()
                                    .map(UUID::fromString)
                                    .collect(Collectors.toSet())));
        }
        all.addAll(times(now));
        fields().forEach(field -> condition(field, all));
        return new Filter(all, languages());
    }

    static @Nullable UUID id(String written) {
        try {
            return UUID.fromString(written);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    private List<Condition> times(Instant now) {
        List<Condition> times = new ArrayList<>();
        var days = number(query.value(SearchQuery.DAYS));
        if (days != null && days.signum() > 0) {
            var ago = Duration.ofDays(Math.min(days.longValue(), LONGEST_AGO));
            times.add(new Condition.Uploaded(now.minus(ago), null));
        }
        var from = day(query.value(SearchQuery.FROM));
        var to = day(query.value(SearchQuery.TO));
        if (from != null || to != null) {
            times.add(
                    new Condition.Uploaded(
                            from == null ? null : start(from),
                            to == null ? null : start(to.plusDays(1))));
        }
        return times;
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /// Ids of the fields that anything is asked of.
    private Set<String> fields() {
        Set<String> ids = new LinkedHashSet<>();
        for (var name : query.chosen().keySet()) {
            if (name.startsWith(SearchQuery.FIELD)) {
                var id = name.substring(SearchQuery.FIELD.length()).replaceFirst("\\..*", "");
                if (id(id) != null) {
                    ids.add(id);
                }
            }
        }
        return ids;
    }

    private void condition(String field, List<Condition> all) {
        var name = SearchQuery.FIELD + field;
        if (!query.values(name).isEmpty()) {
            all.add(in(field, new Condition.OneOf(query.values(name))));
        }
        if (!query.value(name + HAS).isEmpty()) {
            all.add(in(field, new Condition.Contains(query.value(name + HAS))));
        }
        var from = query.value(name + FROM);
        var to = query.value(name + TO);
        if (day(from) != null || day(to) != null) {
            all.add(in(field, new Condition.Days(day(from), day(to))));
        } else if (number(from) != null || number(to) != null) {
            all.add(in(field, new Condition.Numbers(number(from), number(to))));
        }
    }

    private static Condition in(String field, Condition.Value value) {
        return new Condition.InField(field, value, SearchQuery.FIELD + field);
    }

    private Set<Language> languages() {
        Set<Language> spoken = EnumSet.noneOf(Language.class);
        for (var language : Language.values()) {
            if (query.has(SearchQuery.LANGUAGE, language.tag())) {
                spoken.add(language);
            }
        }
        return spoken;
    }

    private static @Nullable LocalDate day(String written) {
        try {
            return written.isEmpty() ? null : LocalDate.parse(written);
        } catch (DateTimeException _) {
            return null;
        }
    }

    private static @Nullable BigDecimal number(String written) {
        try {
            return written.isEmpty() ? null : new BigDecimal(written);
        } catch (NumberFormatException _) {
            return null;
        }
    }
}
