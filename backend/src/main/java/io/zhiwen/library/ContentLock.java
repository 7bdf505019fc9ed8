package io.zhiwen.library;

import io.zhiwen.ingest.upload.Sha256;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Held to the end of the transaction by whoever refers to a blob anew or removes one that nothing
/// refers to, so that neither overlooks the other.
final class ContentLock {

    private ContentLock() {}

    static void take(JdbcClient db, Sha256 hash) {
        db.sql("select pg_advisory_xact_lock(hashtextextended(:key, 1))::text")
                .param("key", hash.hex())
                .query(String.class)
                .single();
    }
}
