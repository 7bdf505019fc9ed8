package io.zhiwen.account;

import io.zhiwen.account.Why.Way;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Says which keys and widgets reach a base, and by what. Those that are revoked or have expired
/// reach none.
@Component
public final class KeyReasons {

    private record Found(KeyReason key, boolean widget, @Nullable UUID reader) {}

    private final JdbcClient db;
    private final Access access;
    private final Reasons reasons;

    public KeyReasons(JdbcClient db, Access access, Reasons reasons) {
        this.db = db;
        this.access = access;
        this.reasons = reasons;
    }

    /// By name, those with every base first.
    ///
    /// @throws NoSuchKnowledgeBase when it is not there for the actor
    /// @throws NotAllowed when the actor does not manage it
    public List<KeyReason> of(Principal actor, KnowledgeBaseId base) {
        access.require(actor, base, Right.MANAGE);
        return db
                .sql(
                        """
                        select k.id, k.name, k.all_bases, k.scopes, k.on_behalf_of,
                            w.api_key_id is not null as widget, w.reader_id, u.name as reader
                        from api_key k
                        left join widget w on w.api_key_id = k.id
                        left join app_user u on u.id = w.reader_id
                        where k.revoked_at is null and (k.expires_at is null or k.expires_at > now())
                          and (k.all_bases or exists (select from api_key_base b
                              where b.api_key_id = k.id and b.knowledge_base_id = :base))
                        order by k.all_bases desc, lower(k.name), k.id
                        """)
                .param("base", base.value())
                .query(
                        (row, _) ->
                                new Found(
                                        new KeyReason(
                                                row.getObject("id", UUID.class),
                                                row.getString("name"),
                                                row.getBoolean("all_bases"),
                                                KeyRows.scopes(row),
                                                row.getBoolean("on_behalf_of"),
                                                row.getBoolean("widget")
                                                        ? new KeyReason.Reader(
                                                                row.getString("reader"), List.of())
                                                        : null),
                                        row.getBoolean("widget"),
                                        row.getObject("reader_id", UUID.class)))
                .list()
                .stream()
                .map(found -> found.widget() ? widget(actor, found, base) : found.key())
                .toList();
    }

    private KeyReason widget(Principal actor, Found found, KnowledgeBaseId base) {
        var key = found.key();
        var reader = found.reader();
        var name = key.widget() == null ? null : key.widget().name();
        var why = reader == null ? everyone(base) : reasons.of(actor, reader, base);
        return new KeyReason(
                key.key(),
                key.name(),
                key.allBases(),
                key.scopes(),
                key.mayActForUsers(),
                new KeyReason.Reader(name, why));
    }

    private List<Why> everyone(KnowledgeBaseId base) {
        return db
                .sql(
                        """
                        select role from knowledge_base_reader
                        where knowledge_base_id = :base and user_id is null and group_id is null
                        """)
                .param("base", base.value())
                .query(String.class)
                .list()
                .stream()
                .map(role -> new Why(BaseRole.of(role), Way.EVERYONE, "", ""))
                .toList();
    }
}
