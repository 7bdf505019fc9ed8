package io.zhiwen.ask.stream;

import io.zhiwen.account.Audit;
import io.zhiwen.account.NotAllowed;
import io.zhiwen.account.Principal;
import io.zhiwen.account.SecretBox;
import io.zhiwen.ask.stream.ModelServerRefused.Reason;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.SqlParameterValue;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/// The model servers admins register, in the database, so that each node asks what was set last.
/// Their keys are closed; nobody gets to see one again. Safe for concurrent use.
public final class ModelServers implements ModelDirectory {

    private static final String FIELDS =
            """
            name = :name, url = :url, model = :model, slots = :slots,
            context_tokens = :context, max_tokens = :most, temperature = :temperature,
            top_p = :topP, seed = :seed
            """;

    private final JdbcClient db;
    private final TransactionOperations tx;
    private final Audit audit;
    private final SecretBox box;

    public ModelServers(JdbcClient db, TransactionOperations tx, Audit audit, SecretBox box) {
        this.db = db;
        this.tx = tx;
        this.audit = audit;
        this.box = box;
    }

    @Override
    public Registered read() {
        Map<KnowledgeBaseId, UUID> chosen = new HashMap<>();
        db.sql("select knowledge_base_id, model_server_id from base_model_server")
                .query(
                        row -> {
                            chosen.put(
                                    new KnowledgeBaseId(row.getObject(1, UUID.class)),
                                    row.getObject(2, UUID.class));
                        });
        Map<UUID, UUID> ofAssistants = new HashMap<>();
        db.sql("select id, model_server_id from assistant where model_server_id is not null")
                .query(
                        row -> {
                            ofAssistants.put(
                                    row.getObject(1, UUID.class), row.getObject(2, UUID.class));
                        });
        var standard =
                db.sql("select id from model_server where is_default")
                        .query(UUID.class)
                        .optional()
                        .orElse(null);
        var servers =
                db.sql("select * from model_server order by name, id").query(this::server).list();
        return new Registered(servers, standard, chosen, ofAssistants);
    }

    /// The first one becomes the one that writes where nothing else is chosen.
    public UUID add(Principal actor, ModelServerDraft draft) {
        NotAllowed.unlessAdmin(actor, "register model servers");
        var id = UUID.randomUUID();
        changing(
                () -> {
                    var key = draft.key();
                    db.sql(
                                    """
                                    insert into model_server (id, name, url, model, sealed_key,
                                        slots, context_tokens, max_tokens, temperature, top_p,
                                        seed, is_default)
                                    values (:id, :name, :url, :model, :key, :slots, :context,
                                        :most, :temperature, :topP, :seed, not exists (select 1 from model_server))
                                    """)
                            .param("id", id)
                            .params(fields(draft))
                            .param("key", key == null ? null : closed(key, id), Types.BINARY)
                            .update();
                    record(actor, "model-server.add", id, draft);
                });
        return id;
    }

    /// The key stays unless the draft brings one.
    public void change(Principal actor, UUID id, ModelServerDraft draft) {
        NotAllowed.unlessAdmin(actor, "change model servers");
        changing(
                () -> {
                    mustBe(
                            db.sql("update model_server set " + FIELDS + " where id = :id")
                                    .params(fields(draft))
                                    .param("id", id)
                                    .update());
                    var key = draft.key();
                    if (key != null) {
                        db.sql("update model_server set sealed_key = :key where id = :id")
                                .param("key", closed(key, id), Types.BINARY)
                                .param("id", id)
                                .update();
                    }
                    record(actor, "model-server.change", id, draft);
                });
    }

    /// From now on it writes where nothing else is chosen.
    public void makeStandard(Principal actor, UUID id) {
        NotAllowed.unlessAdmin(actor, "choose model servers");
        changing(
                () -> {
                    db.sql("update model_server set is_default = false where is_default").update();
                    mustBe(
                            db.sql("update model_server set is_default = true where id = :id")
                                    .param("id", id)
                                    .update());
                    audit.record(actor, "model-server.standard", "model-server:" + id, Map.of());
                });
    }

    /// Bases and assistants that chose it go back to the one that writes for all.
    public void delete(Principal actor, UUID id) {
        NotAllowed.unlessAdmin(actor, "delete model servers");
        changing(
                () -> {
                    mustBe(
                            db.sql("delete from model_server where id = :id")
                                    .param("id", id)
                                    .update());
                    audit.record(actor, "model-server.delete", "model-server:" + id, Map.of());
                });
    }

    /// @param server null for the one that writes for all
    public void choose(Principal actor, KnowledgeBaseId base, @Nullable UUID server) {
        NotAllowed.unlessAdmin(actor, "choose model servers");
        changing(
                () -> {
                    db.sql("delete from base_model_server where knowledge_base_id = :base")
                            .param("base", base.value())
                            .update();
                    if (server != null) {
                        mustBe(
                                db.sql(
                                                """
                                                insert into base_model_server
                                                select b.id, s.id from knowledge_base b, model_server s
                                                where b.id = :base and s.id = :server
                                                """)
                                        .param("base", base.value())
                                        .param("server", server)
                                        .update());
                    }
                    audit.record(
                            actor,
                            "model-server.choose",
                            "knowledge-base:" + base,
                            Map.of("server", server == null ? "" : server.toString()));
                });
    }

    private void changing(Runnable change) {
        try {
            tx.executeWithoutResult(_ -> change.run());
        } catch (DuplicateKeyException e) {
            throw new ModelServerRefused(Reason.NAME_TAKEN);
        }
    }

    private static void mustBe(int rows) {
        if (rows == 0) {
            throw new ModelServerRefused(Reason.NO_SUCH_SERVER);
        }
    }

    private void record(Principal actor, String action, UUID id, ModelServerDraft draft) {
        audit.record(
                actor,
                action,
                "model-server:" + id,
                Map.of(
                        "name", draft.name(),
                        "url", draft.url(),
                        "model", draft.model(),
                        "slots", draft.slots(),
                        "sampling", draft.sampling().toString(),
                        "new_key", draft.key() != null));
    }

    private static Map<String, @Nullable Object> fields(ModelServerDraft draft) {
        Map<String, @Nullable Object> fields = new HashMap<>();
        fields.put("name", draft.name());
        fields.put("url", draft.url());
        fields.put("model", draft.model());
        fields.put("slots", draft.slots());
        fields.put("context", draft.contextTokens());
        fields.put("most", draft.maxTokens());
        var sampling = draft.sampling();
        fields.put("temperature", new SqlParameterValue(Types.DOUBLE, sampling.temperature()));
        fields.put("topP", new SqlParameterValue(Types.DOUBLE, sampling.topP()));
        fields.put("seed", new SqlParameterValue(Types.BIGINT, sampling.seed()));
        return fields;
    }

    private byte @Nullable [] closed(String key, UUID id) {
        return key.isEmpty() ? null : box.close(key, place(id));
    }

    private ModelServer server(ResultSet row, int number) throws SQLException {
        var id = row.getObject("id", UUID.class);
        var closed = row.getBytes("sealed_key");
        return new ModelServer(
                id,
                row.getString("name"),
                row.getString("url"),
                row.getString("model"),
                closed == null ? "" : box.open(closed, place(id)).orElse(null),
                row.getInt("slots"),
                row.getInt("context_tokens"),
                row.getInt("max_tokens"),
                new Sampling(
                        row.getObject("temperature", Double.class),
                        row.getObject("top_p", Double.class),
                        null,
                        row.getObject("seed", Long.class)));
    }

    private static String place(UUID id) {
        return "model-server:" + id;
    }
}
