package io.zhiwen.ingest.store;

import io.zhiwen.ingest.chunk.Language;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// Which documents a search may reach, and which of their passages. Rights are the caller's, who
/// has asked.
///
/// @param whole bases of which every document is in reach
/// @param parts bases of which some are; none of them is in `whole`
/// @param open those of `parts` whose documents without rights of their own are in reach
/// @param acls the rights of their own with which documents of `parts` are in reach
/// @param narrowed bases of which, of all that, nothing but `only` is in reach
/// @param only documents of `narrowed`
/// @param languages of passages; empty for any
public record Reach(
        Set<KnowledgeBaseId> whole,
        Set<KnowledgeBaseId> parts,
        Set<KnowledgeBaseId> open,
        Set<Long> acls,
        Set<KnowledgeBaseId> narrowed,
        Set<DocumentId> only,
        Set<Language> languages) {

    /// In place of an `acl` where a document has none.
    public static final long NO_ACL = 0;

    /// Whether a row `d` of `document` is in reach, by the parameters of `parameters`. Documents
    /// that are named are hashed, however many: an array would be walked for each row.
    public static final String CLAUSE =
            """
            ((d.knowledge_base_id = any(:reachWhole)
              or d.acl_id is null and d.knowledge_base_id = any(:reachOpen)
              or d.acl_id = any(:reachAcls))
             and (d.knowledge_base_id <> all(:reachNarrowed) or d.id in (select unnest(:reachOnly::uuid[]))))
            """;

    /// Whether a row `d` of `document` is to be found today, in the server's days.
    public static final String IN_FORCE =
            """
            (d.enabled and (d.valid_from is null or d.valid_from <= current_date)
             and (d.valid_until is null or d.valid_until >= current_date))
            """;

    /// Whether a row `c` of `chunk` is in a language in reach, by the same parameters.
    public static final String SPOKEN =
            "(cardinality(:reachLanguages::text[]) = 0 or c.language = any(:reachLanguages::text[]))";

    public Reach {
        whole = Set.copyOf(whole);
        parts = Set.copyOf(parts);
        open = Set.copyOf(open);
        acls = Set.copyOf(acls);
        narrowed = Set.copyOf(narrowed);
        only = Set.copyOf(only);
        languages = Set.copyOf(languages);
        if (!parts.containsAll(open)) {
            throw new IllegalArgumentException("open bases are parts of the reach");
        }
    }

    /// Passages in any language.
    public Reach(
            Set<KnowledgeBaseId> whole,
            Set<KnowledgeBaseId> parts,
            Set<KnowledgeBaseId> open,
            Set<Long> acls,
            Set<KnowledgeBaseId> narrowed,
            Set<DocumentId> only) {
        this(whole, parts, open, acls, narrowed, only, Set.of());
    }

    /// Without a choice of documents.
    public Reach(
            Set<KnowledgeBaseId> whole,
            Set<KnowledgeBaseId> parts,
            Set<KnowledgeBaseId> open,
            Set<Long> acls) {
        this(whole, parts, open, acls, Set.of(), Set.of());
    }

    /// All of these bases and nothing else.
    public static Reach of(Collection<KnowledgeBaseId> bases) {
        return new Reach(Set.copyOf(bases), Set.of(), Set.of(), Set.of());
    }

    /// All of these bases and nothing else.
    public static Reach of(KnowledgeBaseId... bases) {
        return of(Arrays.asList(bases));
    }

    public boolean isEmpty() {
        return whole.isEmpty() && parts.isEmpty();
    }

    /// Whether the documents of it are whole bases alone.
    public boolean isPlain() {
        return parts.isEmpty() && narrowed.isEmpty();
    }

    /// Every base of which something is in reach.
    public Set<KnowledgeBaseId> bases() {
        if (isPlain()) {
            return whole;
        }
        Set<KnowledgeBaseId> bases = new HashSet<>(whole);
        bases.addAll(parts);
        return Set.copyOf(bases);
    }

    /// Of it the passages in these languages.
    public Reach in(Set<Language> spoken) {
        return new Reach(whole, parts, open, acls, narrowed, only, spoken);
    }

    /// What of it lies in these bases.
    public Reach within(Set<KnowledgeBaseId> bases) {
        Set<KnowledgeBaseId> partly = both(parts, bases);
        Set<KnowledgeBaseId> chosen = both(narrowed, bases);
        return new Reach(
                both(whole, bases),
                partly,
                both(open, bases),
                partly.isEmpty() ? Set.of() : acls,
                chosen,
                chosen.isEmpty() ? Set.of() : only,
                languages);
    }

    /// What of it lies in other bases.
    public Reach without(Set<KnowledgeBaseId> bases) {
        Set<KnowledgeBaseId> others = new HashSet<>(bases());
        others.removeAll(bases);
        return within(others);
    }

    private static Set<KnowledgeBaseId> both(
            Set<KnowledgeBaseId> some, Set<KnowledgeBaseId> others) {
        return some.stream().filter(others::contains).collect(Collectors.toSet());
    }

    /// What `CLAUSE` and `SPOKEN` name.
    public Map<String, Object> parameters() {
        return Map.of(
                "reachWhole", ids(whole),
                "reachOpen", ids(open),
                "reachAcls", acls.toArray(Long[]::new),
                "reachNarrowed", ids(narrowed),
                "reachOnly", only.stream().map(DocumentId::value).toArray(UUID[]::new),
                "reachLanguages", languages.stream().map(Language::name).toArray(String[]::new));
    }

    /// `CLAUSE` with its values in it, for statements that number their parameters; ids are numbers
    /// and no text of anybody's.
    public String condition() {
        return CLAUSE.replace(":reachWhole", literal(whole))
                .replace(":reachOpen", literal(open))
                .replace(
                        ":reachAcls",
                        acls.stream()
                                .map(String::valueOf)
                                .collect(Collectors.joining(",", "'{", "}'::bigint[]")))
                .replace(":reachNarrowed", literal(narrowed))
                .replace(
                        ":reachOnly",
                        only.stream()
                                .map(document -> document.value().toString())
                                .collect(Collectors.joining(",", "'{", "}'::uuid[]")));
    }

    private static String literal(Collection<KnowledgeBaseId> bases) {
        return bases.stream()
                .map(base -> base.value().toString())
                .collect(Collectors.joining(",", "'{", "}'::uuid[]"));
    }

    /// Of bases, as arrays of SQL take them.
    public static UUID[] ids(Collection<KnowledgeBaseId> bases) {
        return bases.stream()
                .map(KnowledgeBaseId::value)
                .collect(Collectors.toSet())
                .toArray(UUID[]::new);
    }
}
