package io.zhiwen.conversation.training;

import io.zhiwen.ingest.store.Reach;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What training data is made of, in the database. Rights are the caller's.
@Component
class RatedStore {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JdbcClient db;

    RatedStore(JdbcClient db) {
        this.db = db;
    }

    /// What of a trace is needed, by the id of the answer; without those that are gone.
    Map<UUID, JsonNode> traces(Collection<UUID> answers) {
        Map<UUID, JsonNode> traces = new HashMap<>();
        db.sql(
                        """
                        select id, jsonb_build_object('bases', trace -> 'bases',
                            'searched', trace -> 'searched', 'passages', trace -> 'passages',
                            'earlierTurns', trace -> 'earlierTurns') ||
                            case when trace -> 'prompt' is null then '{}'::jsonb
                                else jsonb_build_object('prompt', trace -> 'prompt') end as told
                        from answer_trace where id = any(:ids)""")
                .param("ids", answers.toArray(UUID[]::new))
                .query(
                        row -> {
                            traces.put(
                                    row.getObject("id", UUID.class),
                                    JSON.readTree(row.getString("told")));
                        });
        return traces;
    }

    /// Those that hold files of one chat.
    Set<UUID> ofChats(Collection<UUID> bases) {
        return ids(
                db.sql("select id from knowledge_base where id = any(:ids) and chat_only")
                        .param("ids", bases.toArray(UUID[]::new)));
    }

    /// Those that can be found today within the reach.
    Set<UUID> found(Collection<UUID> documents, Reach reach) {
        return ids(
                db.sql(
                                """
                                select d.id from document d
                                join knowledge_base b
                                    on b.id = d.knowledge_base_id and b.deleted_at is null
                                where d.id = any(:ids) and d.deleted_at is null
                                    and d.live_version is not null and %s and %s"""
                                        .formatted(Reach.IN_FORCE, Reach.CLAUSE))
                        .param("ids", documents.toArray(UUID[]::new))
                        .params(reach.parameters()));
    }

    private static Set<UUID> ids(JdbcClient.StatementSpec asked) {
        return new HashSet<>(asked.query(UUID.class).list());
    }
}
