package io.zhiwen.doors;

import java.util.UUID;

/// The house with things in it that each visitor may or may not see.
abstract class RightsHouse extends House {

    /// With everything in it for each request that may change it, so that what one deletes the next
    /// one does not miss.
    RightsTarget target(boolean readable, UUID owner) {
        var like = readable ? documentA : documentB;
        return RightsTarget.furnish(db, readable, owner, like.value());
    }

    long lastLine() {
        return db.sql("select coalesce(max(id), 0) from audit_event").query(Long.class).single();
    }

    boolean wrote(String visitor, long after) {
        var actor =
                switch (visitor.split(" ")[0]) {
                    case "reader" -> "user:mei";
                    case "editor" -> "user:ed";
                    case "manager" -> "user:mana";
                    case "admin" -> "user:root";
                    case "limited" -> "key:limited";
                    default -> "key:full";
                };
        return db.sql(
                        "select exists (select from audit_event where id > :after and actor = :actor)")
                .param("after", after)
                .param("actor", actor)
                .query(Boolean.class)
                .single();
    }

    UUID key(String name) {
        return db.sql("select id from api_key where name = :name")
                .param("name", name)
                .query(UUID.class)
                .single();
    }
}
