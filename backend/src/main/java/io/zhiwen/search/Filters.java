package io.zhiwen.search;

import io.zhiwen.account.Scope;
import io.zhiwen.ingest.store.Reach;
import io.zhiwen.ingest.store.ReaderDatabase;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Narrows a scope to what passes a filter, before anything is searched: one query names the
/// documents, and every index searches in these alone. Safe for concurrent use.
@Component
public class Filters {

    private static final String KINDS =
            """
            select distinct kind from base_field
            where (lower(name) = :field or id::text = :field) and knowledge_base_id = any(:bases)
            order by kind
            """;

    private static final Map<String, String> HOLDS =
            Map.of(
                    "text", "texts",
                    "number", "numbers",
                    "date", "dates",
                    "choice", "choices",
                    "yes-no", "yes or no");

    private final ReaderDatabase readers;

    Filters(ReaderDatabase readers) {
        this.readers = readers;
    }

    /// What of the scope passes, at this moment.
    ///
    /// @throws UnusableFilter when it names a field that no base of the scope has, or one of a kind
    /// that cannot be asked so
    public Scope narrowed(Scope scope, Filter filter) {
        if (filter.conditions().isEmpty() || scope.isEmpty()) {
            return scope.filtered(Map.of(), filter.languages());
        }
        return scope.filtered(
                readers.within(scope.reach(), db -> passing(db, scope.reach(), filter)),
                filter.languages());
    }

    /// A base whose documents all pass stays whole and costs what it did.
    private static Map<KnowledgeBaseId, Set<DocumentId>> passing(
            JdbcClient db, Reach reach, Filter filter) {
        for (var condition : filter.conditions()) {
            if (condition instanceof Condition.InField asked) {
                check(db, reach, asked);
            }
        }
        var clauses = new Clauses();
        var passes = clauses.all(filter.conditions());
        Map<KnowledgeBaseId, Set<DocumentId>> passing = new HashMap<>();
        reach.bases().forEach(base -> passing.put(base, Set.of()));
        db.sql(
                        """
                        select base, count(*) as documents,
                            array_agg(id) filter (where passes) as passing
                        from (
                            select d.knowledge_base_id as base, d.id, %s as passes from document d
                            where d.live_version is not null and d.deleted_at is null and %s and %s) one
                        group by base
                        """
                                .formatted(passes, Reach.CLAUSE, Reach.IN_FORCE))
                .params(clauses.values())
                .params(reach.parameters())
                .query(
                        row -> {
                            var base = new KnowledgeBaseId(row.getObject("base", UUID.class));
                            var documents = documents(row);
                            if (documents.size() == row.getLong("documents")) {
                                passing.remove(base);
                            } else {
                                passing.put(base, documents);
                            }
                        });
        return passing;
    }

    private static Set<DocumentId> documents(ResultSet row) throws SQLException {
        @Nullable Array ids = row.getArray("passing");
        return ids == null
                ? Set.of()
                : Arrays.stream((UUID[]) ids.getArray())
                        .map(DocumentId::new)
                        .collect(Collectors.toUnmodifiableSet());
    }

    private static void check(JdbcClient db, Reach reach, Condition.InField asked) {
        List<String> kinds =
                db.sql(KINDS)
                        .param("field", asked.field().toLowerCase(Locale.ROOT).replace('\0', ' '))
                        .param("bases", Reach.ids(reach.bases()))
                        .query(String.class)
                        .list();
        if (kinds.isEmpty()) {
            throw UnusableFilter.noSuchField(asked);
        }
        Set<String> takes =
                switch (asked.value()) {
                    case Condition.OneOf _ -> HOLDS.keySet();
                    case Condition.Contains _ -> Set.of("text", "choice");
                    case Condition.Numbers _ -> Set.of("number");
                    case Condition.Days _ -> Set.of("date");
                    case Condition.Truth _ -> Set.of("yes-no");
                };
        if (kinds.stream().noneMatch(takes::contains)) {
            throw UnusableFilter.otherKind(
                    asked, named(kinds), named(takes.stream().sorted().toList()));
        }
    }

    private static String named(List<String> kinds) {
        return kinds.stream().map(HOLDS::get).collect(Collectors.joining(", "));
    }
}
