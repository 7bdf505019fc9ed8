package io.zhiwen.transfer;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Which tables move and which stay, and in what order. A migration that adds a table adds it to
/// one of the two; a test compares them with the database.
final class Tables {

    /// What an installation is.
    static final Set<String> MOVING =
            Set.of(
                    "app_user",
                    "user_group",
                    "user_group_member",
                    "user_group_nested",
                    "api_key",
                    "api_key_base",
                    "widget",
                    "webhook",
                    "webhook_base",
                    "setting",
                    "audit_event",
                    "knowledge_base",
                    "knowledge_base_reader",
                    "acl",
                    "acl_grant",
                    "folder",
                    "document",
                    "base_field",
                    "document_field",
                    "document_version",
                    "document_content",
                    "document_hold",
                    "scanned_page",
                    "document_figure",
                    "chunk",
                    "embedding_space",
                    "chunk_vector",
                    "chunk_edit",
                    "user_note",
                    "conversation",
                    "answer_trace",
                    "message",
                    "message_citation",
                    "answer_feedback",
                    "answer_figure",
                    "answer_source",
                    "conversation_share",
                    "conversation_file",
                    "token_usage",
                    "model_server",
                    "base_model_server",
                    "assistant",
                    "assistant_base",
                    "golden_question",
                    "golden_document",
                    "approved_answer",
                    "approved_question",
                    "approved_source",
                    "work_item",
                    "work_question",
                    "retrieval_profile",
                    "retrieval_profile_live",
                    "evaluation_run",
                    "evaluation_result",
                    "source",
                    "source_item");

    /// What is derived, passing, secret or a node's own.
    static final Set<String> STAYING =
            Set.of(
                    "flyway_schema_history",
                    "pgvector_schema_history",
                    "setup_link",
                    "index_change",
                    "space_change",
                    "scheduled_tasks",
                    "node",
                    "idempotent_request",
                    "asked_once",
                    "answer_outcome",
                    "work_list_seen",
                    "webhook_delivery",
                    "web_session",
                    "rate_limit",
                    "running_answer",
                    "answer_event",
                    "model_slot",
                    "data_table",
                    "data_column",
                    "data_row",
                    "tables_read",
                    "document_likeness",
                    "source_run",
                    "source_report",
                    "ingest_try",
                    "retry_run",
                    "ingest_pause",
                    "passage_questions",
                    "passage_question_work",
                    "retry_run_document",
                    "chunk_tokens",
                    "chunk_halfvec",
                    "chunk_halfvec_progress");

    private static final String IN_BASE =
            """
            select id from document where knowledge_base_id = '%1$s' and deleted_at is null""";

    /// What one base is: its rows of each table, with its id in place of `%1$s`.
    static final Map<String, String> OF_BASE =
            Map.ofEntries(
                    Map.entry("knowledge_base", "id = '%1$s'"),
                    Map.entry("acl", "knowledge_base_id = '%1$s'"),
                    Map.entry("folder", "knowledge_base_id = '%1$s'"),
                    Map.entry("document", "id in (" + IN_BASE + ")"),
                    Map.entry("base_field", "knowledge_base_id = '%1$s'"),
                    Map.entry("document_field", "document_id in (" + IN_BASE + ")"),
                    Map.entry("document_version", "document_id in (" + IN_BASE + ")"),
                    Map.entry("document_content", "document_id in (" + IN_BASE + ")"),
                    Map.entry("document_hold", "document_id in (" + IN_BASE + ")"),
                    Map.entry("scanned_page", "document_id in (" + IN_BASE + ")"),
                    Map.entry("document_figure", "document_id in (" + IN_BASE + ")"),
                    Map.entry("chunk", "document_id in (" + IN_BASE + ")"),
                    Map.entry("chunk_edit", "document_id in (" + IN_BASE + ")"),
                    Map.entry("embedding_space", "true"),
                    Map.entry(
                            "chunk_vector",
                            "chunk_id in (select id from chunk where document_id in ("
                                    + IN_BASE
                                    + "))"));

    private Tables() {}

    /// Which rows of a table belong to a base.
    static String where(String table, UUID base) {
        return Objects.requireNonNull(OF_BASE.get(table), table).formatted(base);
    }

    /// Every table after those it refers to.
    static List<String> inOrder(JdbcClient db, Set<String> tables) {
        Map<String, Set<String>> parents =
                db
                        .sql(
                                """
                                select conrelid::regclass::text as child,
                                    confrelid::regclass::text as parent
                                from pg_constraint where contype = 'f'
                                """)
                        .query((row, _) -> Map.entry(row.getString(1), row.getString(2)))
                        .list()
                        .stream()
                        .filter(key -> !key.getKey().equals(key.getValue()))
                        .collect(
                                Collectors.groupingBy(
                                        Map.Entry::getKey,
                                        Collectors.mapping(
                                                Map.Entry::getValue, Collectors.toSet())));
        Set<String> ordered = new LinkedHashSet<>();
        List<String> left = new ArrayList<>(tables.stream().sorted().toList());
        while (!left.isEmpty()) {
            List<String> next =
                    left.stream()
                            .filter(
                                    table ->
                                            parents.getOrDefault(table, Set.of()).stream()
                                                    .filter(tables::contains)
                                                    .allMatch(ordered::contains))
                            .toList();
            if (next.isEmpty()) {
                throw new IllegalStateException("tables refer to each other in a circle: " + left);
            }
            ordered.addAll(next);
            left.removeAll(next);
        }
        return List.copyOf(ordered);
    }

    /// Without those the database computes.
    static List<String> columns(JdbcClient db, String table) {
        return db.sql(
                        """
                        select attname::text from pg_attribute
                        where attrelid = to_regclass(:table) and attnum > 0
                          and not attisdropped and attgenerated = ''
                        order by attnum
                        """)
                .param("table", table)
                .query(String.class)
                .list();
    }

    /// Of the newest migration of `common`, e.g. `040`.
    static String schema(JdbcClient db) {
        return db.sql(
                        """
                        select version from flyway_schema_history
                        where success and version is not null
                        order by installed_rank desc limit 1
                        """)
                .query(String.class)
                .single();
    }

    static Stream<String> all(JdbcClient db) {
        return db
                .sql("select tablename::text from pg_tables where schemaname = current_schema()")
                .query(String.class)
                .list()
                .stream();
    }
}
