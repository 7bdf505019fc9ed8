package io.zhiwen.ask;

import io.zhiwen.ask.cite.Unsupported;
import io.zhiwen.ask.cite.Verdict;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// What happened on the way to an answer, for whoever asked: what was understood, searched, found,
/// judged and sent, and how long it took. Safe for concurrent use.
@Component
public class AskersTraces {

    /// Anything else is the operator's: instructions, forbidden topics, the model server's errors.
    private static final Set<String> TOLD =
            Set.of(
                    "asked",
                    "searched",
                    "language",
                    "earlierTurns",
                    "bases",
                    "approved",
                    "legs",
                    "fused",
                    "translation",
                    "rerank",
                    "folded",
                    "retrieved",
                    "retrieval",
                    "retrieval-ms",
                    "passages",
                    "prompt",
                    "tokens",
                    "spent",
                    "unknownCitations",
                    "cut",
                    "citationCheck",
                    "outcome",
                    "millis");

    private static final Set<String> TEXTS_OF_PROMPT = Set.of("system", "history", "user");
    private static final TypeReference<LinkedHashMap<String, Object>> ENTRIES =
            new TypeReference<>() {};
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JdbcClient db;

    AskersTraces(JdbcClient db) {
        this.db = db;
    }

    /// As it was stored, whoever may see it.
    public record Kept(String question, Instant at, Map<String, Object> entries) {

        /// What its asker is told of it.
        public Map<String, Object> told() {
            return AskersTraces.told(entries);
        }
    }

    /// @param whole with what is the operator's
    /// @return empty when there is no such trace, or none any more
    public Optional<Map<String, Object>> of(UUID trace, boolean whole) {
        return kept(trace).map(kept -> whole ? kept.entries() : kept.told());
    }

    /// The sentences of an answer that its passages do not bear out; none where its trace is gone.
    public List<Unsupported> unsupported(UUID trace) {
        return db.sql(
                        """
                        select one ->> 'sentence', one ->> 'why' from answer_trace,
                            jsonb_array_elements(trace #> '{citationCheck,unsupported}')
                                with ordinality as doubts (one, number)
                        where id = :id order by number
                        """)
                .param("id", trace)
                .query(
                        (row, _) ->
                                new Unsupported(
                                        row.getString(1), Verdict.valueOf(row.getString(2))))
                .list();
    }

    /// Rights are the caller's.
    public Optional<Kept> kept(UUID trace) {
        return db.sql("select question, at, trace from answer_trace where id = :id")
                .param("id", trace)
                .query(
                        (row, _) ->
                                new Kept(
                                        row.getString("question"),
                                        row.getObject("at", OffsetDateTime.class).toInstant(),
                                        JSON.readValue(row.getString("trace"), ENTRIES)))
                .optional();
    }

    private static Map<String, Object> told(Map<String, Object> entries) {
        Map<String, Object> told = new LinkedHashMap<>(entries);
        told.keySet().retainAll(TOLD);
        if (told.get("prompt") instanceof Map<?, ?> prompt) {
            var counts = new LinkedHashMap<>(prompt);
            counts.keySet().removeAll(TEXTS_OF_PROMPT);
            told.put("prompt", counts);
        }
        return told;
    }
}
