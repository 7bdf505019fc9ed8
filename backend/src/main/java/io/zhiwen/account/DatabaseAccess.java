package io.zhiwen.account;

import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// One query each time: nothing is remembered, so a right taken away is gone with the next request.
@Component
final class DatabaseAccess implements Access {

    private final JdbcClient db;

    DatabaseAccess(JdbcClient db) {
        this.db = db;
    }

    @Override
    public Scope everythingFor(Principal principal) {
        return new Scope(readable(principal));
    }

    @Override
    public Scope chosenBy(Principal principal, Collection<KnowledgeBaseId> chosen) {
        var readable = readable(principal);
        if (chosen.isEmpty()) {
            return new Scope(readable);
        }
        for (var base : chosen) {
            if (!readable.contains(base)) {
                throw new NoSuchKnowledgeBase(base);
            }
        }
        return new Scope(Set.copyOf(chosen));
    }

    private Set<KnowledgeBaseId> readable(Principal principal) {
        return switch (principal) {
            case Principal.User user ->
                    ids(
                            """
                            select b.id from knowledge_base b
                            join app_user u on u.id = :who and u.enabled
                            where b.deleted_at is null and (u.role = 'admin' or exists (
                                select 1 from knowledge_base_reader r
                                where r.user_id = u.id and r.knowledge_base_id = b.id))
                            """,
                            user.id());
            case Principal.Key key ->
                    ids(
                            """
                            select b.id from knowledge_base b
                            join api_key k on k.id = :who and k.revoked_at is null
                                and (k.expires_at is null or k.expires_at > now())
                            where b.deleted_at is null and (k.all_bases or exists (
                                select 1 from api_key_base l
                                where l.api_key_id = k.id and l.knowledge_base_id = b.id))
                            """,
                            key.id());
        };
    }

    private Set<KnowledgeBaseId> ids(String sql, UUID who) {
        return new HashSet<>(
                db.sql(sql)
                        .param("who", who)
                        .query((row, _) -> new KnowledgeBaseId(row.getObject(1, UUID.class)))
                        .list());
    }
}
