package io.zhiwen.ingest.index.lucene;

import io.zhiwen.TestPostgres;
import io.zhiwen.ingest.index.VectorIndex;
import io.zhiwen.ingest.index.VectorIndexContract;
import io.zhiwen.ingest.store.ChangeLog;
import io.zhiwen.ingest.store.Changes;
import io.zhiwen.ingest.store.Publishing;
import io.zhiwen.ingest.store.ReaderDatabase;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

class LuceneVectorIndexTest extends VectorIndexContract {

    private final DataSource database = TestPostgres.fresh();
    private final JdbcClient db = JdbcClient.create(database);
    private final JdbcTransactionManager transactions = new JdbcTransactionManager(database);
    private final Publishing publishing = new Publishing(new JdbcTemplate(database), transactions);
    private final ChangeLog log = new ChangeLog(db, transactions);
    private final ReaderDatabase readers = ReaderDatabase.open(database);
    private final LuceneIndex index;

    LuceneVectorIndexTest(@TempDir Path folder) {
        index = LuceneIndex.open(folder);
    }

    @AfterAll
    void close() {
        index.close();
    }

    @Override
    protected JdbcClient db() {
        return db;
    }

    @Override
    protected ReaderDatabase readers() {
        return readers;
    }

    @Override
    protected Publishing publishing() {
        return publishing;
    }

    @Override
    protected VectorIndex index() {
        return index;
    }

    @Override
    protected void settle() {
        for (Changes next = log.after(index.position(), 100);
                next.position() != index.position();
                next = log.after(index.position(), 100)) {
            index.apply(next.documents(), next.acls(), next.position());
        }
    }
}
