package io.zhiwen.ask;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Keeps what happened on the way to each answer.
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
                        insert into answer_trace (id, question, trace)
                        values (:id, :question, cast(:trace as jsonb))""")
                .param("id", id)
                .param("question", question)
                // a NUL is no text for the database
                .param("trace", JSON.writeValueAsString(trace.entries()).replace("\\u0000", ""))
                .update();
    }
}
