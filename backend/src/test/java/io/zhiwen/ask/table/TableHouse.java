package io.zhiwen.ask.table;

import io.zhiwen.TestPostgres;
import io.zhiwen.account.Scope;
import io.zhiwen.ask.question.Question;
import io.zhiwen.ingest.chunk.Language;
import io.zhiwen.ingest.clean.CleanDocument;
import io.zhiwen.ingest.index.SearchText;
import io.zhiwen.ingest.parse.Block;
import io.zhiwen.ingest.store.ReaderDatabase;
import io.zhiwen.ingest.store.TableRows;
import io.zhiwen.ingest.table.Tables;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Documents with tables in a real database, and what is computed from them.
final class TableHouse {

    final DataSource database = TestPostgres.fresh();
    final JdbcClient db = JdbcClient.create(database);
    private final TransactionTemplate transaction =
            new TransactionTemplate(new JdbcTransactionManager(database));
    private final TableRows rows = new TableRows(new JdbcTemplate(database));
    private final Tables tables = new Tables(SearchText::words);
    /// What the model was asked.
    final List<String> prompts = new ArrayList<>();

    /// What the model says; null for no model.
    @Nullable String proposal;

    final ReaderDatabase readers = ReaderDatabase.open(database);
    private final TableComputing computing =
            new TableComputing(
                    readers,
                    Duration.ofSeconds(10),
                    (prompt, _, _) -> {
                        prompts.add(prompt.user());
                        return Optional.ofNullable(proposal);
                    });

    KnowledgeBaseId base() {
        KnowledgeBaseId base = KnowledgeBaseId.random();
        db.sql("insert into knowledge_base (id, name) values (:id, 'base')")
                .param("id", base.value())
                .update();
        return base;
    }

    /// One that its readers find.
    DocumentId document(KnowledgeBaseId base, String name, List<Block> blocks) {
        DocumentId document = DocumentId.random();
        db.sql(
                        """
                        insert into document (id, knowledge_base_id, name, created_by, live_version)
                        values (:id, :base, :name, 'test', 1)
                        """)
                .param("id", document.value())
                .param("base", base.value())
                .param("name", name)
                .update();
        db.sql(
                        """
                        insert into document_version (document_id, version, file_name, sha256, bytes,
                            status, uploaded_by)
                        values (:id, 1, :name, :sha, 1, 'ready', 'test')
                        """)
                .param("id", document.value())
                .param("name", name)
                .param("sha", "0".repeat(64))
                .update();
        var found = tables.of(new CleanDocument(null, blocks));
        transaction.executeWithoutResult(_ -> rows.replace(document, 1, found));
        return document;
    }

    /// A table as a person types it: a row a line, the first is the head.
    static Block table(String typed) {
        List<List<String>> rows =
                typed.strip()
                        .lines()
                        .map(
                                line ->
                                        Arrays.stream(line.split("\\s*\\|\\s*", -1))
                                                .map(String::strip)
                                                .toList())
                        .toList();
        return Block.table(rows, 1, null, null);
    }

    Optional<Computed> ask(Scope scope, String question) {
        var asked = new Question(question, question, Language.of(question), scope);
        return computing.of(asked, () -> false);
    }

    /// Empty when nothing was computed.
    String answer(Scope scope, String question) {
        return ask(scope, question).map(Computed::text).orElse("");
    }
}
