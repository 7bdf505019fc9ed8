package io.zhiwen.account;

import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Writes down who changed what. Call it inside the transaction of the change, so that there is one
/// row for each change that happened and none for one that did not.
@Component
public final class Audit {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JdbcClient db;

    public Audit(JdbcClient db) {
        this.db = db;
    }

    /// @param action e.g. `document.upload`
    /// @param object what it was done to, e.g. `document:<id>`
    /// @param detail what JSON can say; never a secret
    public void record(Principal actor, String action, String object, Map<String, ?> detail) {
        record(actor.label(), action, object, detail);
    }

    /// For actors that are no principal: `setup`, `console`, `system`.
    public void record(String actor, String action, String object, Map<String, ?> detail) {
        db.sql(
                        """
                        insert into audit_event (actor, action, object, detail)
                        values (:actor, :action, :object, cast(:detail as jsonb))
                        """)
                .param("actor", oneLine(actor))
                .param("action", action)
                .param("object", oneLine(object))
                .param("detail", JSON.writeValueAsString(detail).replace("\\u0000", ""))
                .update();
    }

    private static String oneLine(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
