package io.zhiwen.conversation;

import io.zhiwen.account.Access;
import io.zhiwen.account.Audit;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Right;
import io.zhiwen.account.Scope;
import io.zhiwen.ask.AskersTraces;
import io.zhiwen.ingest.store.ChunkStore;
import io.zhiwen.ingest.store.StoredChunk;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Opens the way of an answer after the fact: to whoever asked, to admins, and to those who manage
/// every base it rests on. Nobody else's chat is opened by it: what was said before, the answer's
/// own words and its asker are left out for others, and an answer asked beside files of one chat
/// is its asker's alone. What is absent and what is forbidden look the same. Safe for concurrent
/// use.
@Component
public class AnswerWays {

    /// What a search over bases that somebody does not manage found is not theirs to count.
    private static final Set<String> OF_ALL_BASES =
            Set.of("legs", "fused", "rerank", "folded", "translation", "bases", "forbidden");

    private final AskersTraces traces;
    private final Access access;
    private final ChunkStore chunks;
    private final Audit audit;
    private final JdbcClient db;

    AnswerWays(AskersTraces traces, Access access, ChunkStore chunks, Audit audit, JdbcClient db) {
        this.traces = traces;
        this.access = access;
        this.chunks = chunks;
        this.audit = audit;
        this.db = db;
    }

    /// Opening the way of another's answer is written down.
    ///
    /// @param answer the id of its trace
    public Optional<AnswerWay> open(Principal who, UUID answer) {
        return traces.kept(answer).flatMap(kept -> open(who, answer, kept));
    }

    /// Those of the answers whose way they may open.
    public Set<UUID> openable(Principal who, Collection<UUID> answers) {
        return answers.stream()
                .filter(
                        answer ->
                                traces.kept(answer)
                                        .filter(kept -> mayOpen(who, answer, kept.entries()))
                                        .isPresent())
                .collect(Collectors.toSet());
    }

    private boolean mayOpen(Principal who, UUID answer, Map<String, Object> entries) {
        return isOwn(who, answer, entries) || ofOthers(who, entries).isPresent();
    }

    private Optional<AnswerWay> open(Principal who, UUID answer, AskersTraces.Kept kept) {
        boolean own = isOwn(who, answer, kept.entries());
        Optional<Map<String, Object>> seen =
                own ? Optional.of(ofAsker(who, kept)) : ofOthers(who, kept.entries());
        Scope scope = own ? access.readableBy(who) : access.everythingFor(who);
        seen.filter(_ -> !own)
                .ifPresent(_ -> audit.record(who, "answer.way", "answer:" + answer, Map.of()));
        return seen.map(
                entries ->
                        new AnswerWay(
                                answer,
                                kept.question(),
                                kept.at(),
                                own,
                                entries,
                                live(entries, scope)));
    }

    private boolean isOwn(Principal who, UUID answer, Map<String, Object> entries) {
        var user =
                switch (who) {
                    case Principal.User person -> person;
                    case Principal.Key key -> key.actsFor();
                };
        UUID id =
                switch (who) {
                    case Principal.User person -> person.id();
                    case Principal.Key key -> key.id();
                };
        if (user == null || who instanceof Principal.User) {
            return id.toString().equals(entries.get("asker")) || isInChatOf(id, answer);
        }
        return isInChatOf(user.id(), answer);
    }

    private boolean isInChatOf(UUID owner, UUID answer) {
        return db.sql(
                        """
                        select exists (select 1 from message m
                            join conversation c on c.id = m.conversation_id
                            where m.trace_id = :answer and (c.user_id = :owner or c.key_id = :owner))
                        """)
                .param("answer", answer)
                .param("owner", owner)
                .query(Boolean.class)
                .single();
    }

    /// Without the passages they may no longer read, and then without the answer's words too.
    private Map<String, Object> ofAsker(Principal who, AskersTraces.Kept kept) {
        Map<String, Object> told = new LinkedHashMap<>(kept.told());
        Set<DocumentId> readable =
                access.readable(access.readableBy(who), documents(list(told, "passages")));
        List<Map<?, ?>> passages =
                list(told, "passages").stream()
                        .filter(
                                row ->
                                        documents(List.of(row)).stream()
                                                .allMatch(readable::contains))
                        .toList();
        if (passages.size() < list(told, "passages").size()) {
            told.put("passages", passages);
            told.remove("citationCheck");
        }
        return told;
    }

    private Optional<Map<String, Object>> ofOthers(Principal who, Map<String, Object> entries) {
        Set<UUID> asked = ids(entries.get("bases"));
        if (areOfChats(asked)) {
            return Optional.empty();
        }
        Map<String, Object> seen = new LinkedHashMap<>(entries);
        if (!who.isAdmin()) {
            Set<KnowledgeBaseId> managed = wholly(access.everythingFor(who, Right.MANAGE));
            Set<UUID> rests = restsOn(entries);
            if (rests.isEmpty() || !covers(managed, rests)) {
                return Optional.empty();
            }
            seen.remove("llmFailure");
            if (!covers(managed, asked)) {
                seen.keySet().removeAll(OF_ALL_BASES);
            }
        }
        seen.remove("asker");
        seen.remove("answer");
        if (seen.get("prompt") instanceof Map<?, ?> prompt) {
            var shown = new LinkedHashMap<Object, Object>(prompt);
            shown.remove("history");
            seen.put("prompt", shown);
        }
        return Optional.of(seen);
    }

    private static Set<KnowledgeBaseId> wholly(Scope scope) {
        return scope.bases().stream().filter(scope::allowsAll).collect(Collectors.toSet());
    }

    private static boolean covers(Set<KnowledgeBaseId> managed, Set<UUID> bases) {
        return bases.stream().allMatch(base -> managed.contains(new KnowledgeBaseId(base)));
    }

    /// The bases of the passages that came near enough to be judged; those that were searched where
    /// there are none.
    private Set<UUID> restsOn(Map<String, Object> entries) {
        List<Map<?, ?>> passages = new ArrayList<>(list(entries, "passages"));
        if (entries.get("answer") instanceof Map<?, ?> answer
                && answer.get("sources") instanceof List<?> sources) {
            passages.addAll(maps(sources));
        }
        Set<DocumentId> documents = documents(passages);
        if (documents.isEmpty()) {
            return ids(entries.get("bases"));
        }
        List<UUID> bases =
                db.sql("select knowledge_base_id from document where id = any(:ids)")
                        .param(
                                "ids",
                                documents.stream().map(DocumentId::value).toArray(UUID[]::new))
                        .query(UUID.class)
                        .list();
        return bases.size() == documents.size() ? new HashSet<>(bases) : Set.of();
    }

    /// Whether one is a chat's own, or no longer known.
    private boolean areOfChats(Set<UUID> bases) {
        return db.sql(
                                "select count(*) from knowledge_base"
                                        + " where id = any(:ids) and not chat_only")
                        .param("ids", bases.toArray(UUID[]::new))
                        .query(Long.class)
                        .single()
                < bases.size();
    }

    private Map<Long, StoredChunk> live(Map<String, Object> entries, Scope scope) {
        Set<Long> ids = new HashSet<>();
        for (Map<?, ?> leg : list(entries, "legs")) {
            if (leg.get("first") instanceof List<?> first) {
                chunks(maps(first), ids);
            }
        }
        for (String part : List.of("fused", "retrieved", "passages")) {
            chunks(list(entries, part), ids);
        }
        return chunks.live(ids, scope.reach()).stream()
                .collect(Collectors.toMap(StoredChunk::id, Function.identity()));
    }

    private static void chunks(List<Map<?, ?>> rows, Collection<Long> into) {
        for (Map<?, ?> row : rows) {
            if (row.get("chunk") instanceof Number chunk) {
                into.add(chunk.longValue());
            }
        }
    }

    private static Set<DocumentId> documents(List<Map<?, ?>> rows) {
        return rows.stream()
                .map(row -> row.get("document"))
                .filter(String.class::isInstance)
                .map(id -> new DocumentId(UUID.fromString((String) id)))
                .collect(Collectors.toSet());
    }

    private static List<Map<?, ?>> list(Map<String, Object> entries, String name) {
        return entries.get(name) instanceof List<?> rows ? maps(rows) : List.of();
    }

    private static List<Map<?, ?>> maps(List<?> rows) {
        List<Map<?, ?>> maps = new ArrayList<>();
        for (Object row : rows) {
            if (row instanceof Map<?, ?> map) {
                maps.add(map);
            }
        }
        return maps;
    }

    private static Set<UUID> ids(@Nullable Object listed) {
        return listed instanceof List<?> ids
                ? ids.stream().map(id -> UUID.fromString((String) id)).collect(Collectors.toSet())
                : Set.of();
    }
}
