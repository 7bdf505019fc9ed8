package io.zhiwen.ingest.index.pgvector;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.TestPostgres;
import io.zhiwen.ingest.store.Reach;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class ScopeSizesTest {

    @Test
    void aBaseThatWasCountedOnlyInPartIsNotSmallForALargerBorder() {
        JdbcClient db = JdbcClient.create(TestPostgres.freshWithPgvector());
        KnowledgeBaseId base = KnowledgeBaseId.random();
        // rows of no chunk, in one statement, as a superuser may
        db.sql(
                        """
                        with alone as (
                            select set_config('session_replication_role', 'replica', true) as set)
                        insert into chunk_halfvec
                            (chunk_id, space_id, knowledge_base_id, document_id, version, vector)
                        select i, 1, :base, gen_random_uuid(), 1, '[1,0]'
                        from alone, generate_series(1, 7000) i where alone.set = 'replica'
                        """)
                .param("base", base.value())
                .update();
        db.sql("update pg_class set reltuples = 100000 where oid = 'chunk_halfvec'::regclass")
                .update();
        ScopeSizes sizes = new ScopeSizes(db);

        assertThat(sizes.isSmall(1, Reach.of(base), 100)).as("7000 of 6325 rows").isFalse();
        assertThat(sizes.isSmall(1, Reach.of(base), 120)).as("7000 of 6929 rows").isFalse();
        assertThat(sizes.isSmall(1, Reach.of(base), 130)).as("7000 of 7212 rows").isTrue();
    }
}
