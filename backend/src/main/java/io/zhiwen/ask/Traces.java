package io.zhiwen.ask;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Keeps what happened on the way to each answer, and beside it what is counted of it.
@Component
class Traces implements TraceStore {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JdbcClient db;

    Traces(JdbcClient db) {
        this.db = db;
    }

    @Override
    public void store(UUID id, String question, Trace trace) {
        db.sql(
                        """
                        with t as (
                            insert into answer_trace (id, question, trace)
                            values (:id, :question, cast(:trace as jsonb))
                            returning id, at, trace),
                        f as (
                            insert into answer_figure
                            select t.id, t.at, (t.trace ->> 'asker')::uuid,
                                coalesce(
                                    (select knowledge_base_id from document
                                        where id = (t.trace #>> '{passages,0,document}')::uuid),
                                    (t.trace #>> '{answer,sources,0,base}')::uuid,
                                    case when jsonb_array_length(t.trace -> 'bases') = 1
                                        then (t.trace #>> '{bases,0}')::uuid end),
                                case when t.trace -> 'forbidden' is null
                                    then t.trace ->> 'outcome' else 'forbidden' end,
                                coalesce(
                                    jsonb_array_length(t.trace #> '{citationCheck,unsupported}'), 0),
                                (t.trace #>> '{millis,firstToken}')::int
                                    + coalesce((t.trace #>> '{millis,question}')::int, 0)
                                    + coalesce((t.trace #>> '{millis,retrieve}')::int, 0)
                                    + coalesce((t.trace #>> '{millis,prompt}')::int, 0)
                            from t where t.trace ->> 'asker' <> ''
                            returning answer_id, at)
                        insert into answer_source
                        select distinct f.answer_id, (s ->> 'document')::uuid, f.at
                        from f join t on t.id = f.answer_id
                        cross join lateral jsonb_array_elements(t.trace #> '{answer,sources}') s
                        where not (t.trace #>> '{answer,refused}')::boolean""")
                .param("id", id)
                .param("question", question)
                // a NUL is no text for the database
                .param("trace", JSON.writeValueAsString(trace.entries()).replace("\\u0000", ""))
                .update();
    }
}
