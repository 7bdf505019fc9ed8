package io.zhiwen.library;

import io.zhiwen.account.Access;
import io.zhiwen.account.NotAllowed;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Scope;
import io.zhiwen.ingest.store.Reach;
import io.zhiwen.ingest.store.ReaderDatabase;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What the objects of the audit trail, which names them by their ids, are called today. Safe for
/// concurrent use.
@Component
public final class AuditedObjects {

    private static final Pattern OBJECT = Pattern.compile("([a-z]+):([0-9a-f-]{36})");

    /// Those that only admins see by name.
    private static final Map<String, String> NAMES =
            Map.of(
                    "user", "select id, name from app_user where id = any(:ids)",
                    "group", "select id, name from user_group where id = any(:ids)",
                    "key", "select id, name from api_key where id = any(:ids)");

    private static final Map<String, String> NAMES_IN_REACH =
            Map.of(
                    "document",
                    """
                    select d.id, d.name from document d
                    where d.id = any(:ids) and d.deleted_at is null and %s
                    """
                            .formatted(Reach.CLAUSE),
                    "base",
                    """
                    select id, name from knowledge_base
                    where id = any(:ids) and deleted_at is null
                    """);

    private final JdbcClient db;
    private final ReaderDatabase readers;
    private final Access access;

    AuditedObjects(JdbcClient db, ReaderDatabase readers, Access access) {
        this.db = db;
        this.readers = readers;
        this.access = access;
    }

    /// @param objects as the trail says them, such as `document:<id>`
    /// @return the names of those that are still there and that have one
    /// @throws NotAllowed when the principal is no admin
    public Map<String, String> names(Principal who, Collection<String> objects) {
        NotAllowed.unlessAdmin(who, "read the audit trail");
        Map<String, List<UUID>> byKind = new HashMap<>();
        for (String object : objects) {
            Matcher parts = OBJECT.matcher(object);
            if (parts.matches()) {
                byKind.computeIfAbsent(parts.group(1), _ -> new ArrayList<>())
                        .add(UUID.fromString(parts.group(2)));
            }
        }
        Scope scope = access.everythingFor(who);
        Map<String, String> names = new HashMap<>();
        byKind.forEach(
                (kind, ids) -> {
                    if (NAMES.containsKey(kind)) {
                        names.putAll(read(db.sql(NAMES.get(kind)), kind, ids));
                    } else if (NAMES_IN_REACH.containsKey(kind)) {
                        names.putAll(
                                readers.within(
                                        scope.reach(),
                                        inside ->
                                                read(
                                                        inside.sql(NAMES_IN_REACH.get(kind))
                                                                .params(scope.reach().parameters()),
                                                        kind,
                                                        ids)));
                    }
                });
        return names;
    }

    private static Map<String, String> read(
            JdbcClient.StatementSpec query, String kind, List<UUID> ids) {
        Map<String, String> names = new HashMap<>();
        query.param("ids", ids.toArray(UUID[]::new))
                .query(
                        row -> {
                            names.put(kind + ":" + row.getString("id"), row.getString("name"));
                        });
        return names;
    }
}
