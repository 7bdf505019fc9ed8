package io.zhiwen.account;

import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Keys as they are read from the database.
final class KeyRows {

    static final String SELECT =
            """
            select k.id, k.name, k.prefix, k.all_bases, k.scopes, k.on_behalf_of, k.created_at, k.expires_at,
                   k.last_used_at, k.revoked_at, k.requests_per_minute, k.tokens_per_day,
                   (select coalesce(sum(t.prompt_tokens + t.answer_tokens), 0) from token_usage t
                    where t.asker_id = k.id and t.day = (now() at time zone 'UTC')::date)
                       as tokens_today,
                   array(select b.knowledge_base_id from api_key_base b
                         join knowledge_base l on l.id = b.knowledge_base_id
                         where b.api_key_id = k.id and l.deleted_at is null
                         order by l.name, l.id) as bases
            from api_key k
            """;

    private KeyRows() {}

    static ApiKeyRow row(ResultSet row, int number) throws SQLException {
        var bases =
                Arrays.stream((UUID[]) row.getArray("bases").getArray())
                        .map(KnowledgeBaseId::new)
                        .collect(Collectors.toSet());
        return new ApiKeyRow(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("prefix"),
                row.getBoolean("all_bases"),
                bases,
                scopes(row),
                row.getBoolean("on_behalf_of"),
                new KeyLimits(
                        row.getObject("requests_per_minute", Integer.class),
                        row.getObject("tokens_per_day", Long.class)),
                row.getLong("tokens_today"),
                row.getTimestamp("created_at").toInstant(),
                instant(row.getTimestamp("expires_at")),
                instant(row.getTimestamp("last_used_at")),
                instant(row.getTimestamp("revoked_at")));
    }

    static Set<KeyScope> scopes(ResultSet row) throws SQLException {
        return KeyScope.of((String[]) row.getArray("scopes").getArray());
    }

    private static @Nullable Instant instant(@Nullable Timestamp time) {
        return time == null ? null : time.toInstant();
    }
}
