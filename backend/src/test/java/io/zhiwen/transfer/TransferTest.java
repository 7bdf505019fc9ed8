package io.zhiwen.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhiwen.TestPostgres;
import io.zhiwen.ingest.upload.FolderBlobStore;
import io.zhiwen.ingest.upload.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

class TransferTest {

    private static final UUID ALICE = UUID.randomUUID();
    private static final UUID BASE = UUID.randomUUID();
    private static final UUID OTHER = UUID.randomUUID();
    private static final UUID READY = UUID.randomUUID();
    private static final UUID QUEUED = UUID.randomUUID();

    @TempDir Path folder;
    private DataSource here;
    private JdbcClient db;
    private FolderBlobStore blobs;
    private Path file;

    @BeforeEach
    void furnish() throws Exception {
        here = TestPostgres.fresh();
        db = JdbcClient.create(here);
        blobs = FolderBlobStore.open(folder.resolve("blobs"));
        file = folder.resolve("all.zip");
        Sha256 ready = put("the original\n");
        Sha256 queued = put("not yet read");
        db.sql(
                        """
                        insert into app_user (id, name, password_hash, role, credentials)
                        values (:alice, 'Alice', '$argon2id$x', 'member', 3);
                        insert into api_key (id, name, prefix, secret_hash, created_by)
                        values (:alice, 'portal', 'zw_ab', '\\x00ff5c', :alice);
                        insert into knowledge_base (id, name, created_by)
                        values (:base, E'手册\\t\\\\ "1"', :alice), (:other, 'Other', null);
                        insert into user_group (id, name)
                        values (:base, 'Company'), (:other, 'Sales');
                        insert into user_group_member values (:other, :alice);
                        insert into user_group_nested values (:base, :other);
                        insert into knowledge_base_reader (knowledge_base_id, user_id, role)
                        values (:base, :alice, 'editor');
                        insert into api_key_base values (:alice, :base);
                        insert into widget values (:alice, 'zwp_1', array['https://a'], :alice);
                        insert into webhook (id, name, url, sealed_secret, events, all_bases, created_by)
                        values (:alice, 'CI', 'https://a', '\\x0102', array['ping'], false, 'Alice');
                        insert into webhook_base values (:alice, :base);
                        insert into acl (knowledge_base_id, parent_id, closed)
                        values (:base, null, true), (:base, 1, false);
                        insert into acl_grant (acl_id, user_id, role, granted_by)
                        values (1, :alice, 'reader', 'Alice');
                        insert into folder (id, knowledge_base_id, parent_id, name, created_by,
                            own_acl_id)
                        values (:ready, :base, null, '制度', 'Alice', 1),
                            (:queued, :base, :ready, '2026', 'Alice', null);
                        insert into document (id, knowledge_base_id, name, live_version, created_by,
                            folder_id, tags, own_acl_id, acl_id)
                        values (:ready, :base, '报销.txt', 1, 'Alice', :queued, array['财务'], 2, 2),
                            (:queued, :base, 'b', null, 'x', null, default, null, null);
                        insert into base_field (id, knowledge_base_id, name, kind, choices, position)
                        values (:ready, :base, '状态', 'choice', array['草案', '有效'], 0),
                            (:queued, :base, '金额', 'number', default, 1);
                        insert into document_field (document_id, field_id, text_value, number_value)
                        values (:ready, :ready, '有效', null), (:ready, :queued, null, 12.50);
                        insert into document_version (document_id, version, file_name, sha256, bytes,
                            status, uploaded_by, job, attempt)
                        values (:ready, 1, '报销.txt', :readyHash, 13, 'ready', 'Alice', null, 1),
                            (:queued, 1, 'b', :queuedHash, 12, 'parsing', 'x', :queued, 2);
                        insert into document_content values (:ready, 1, E'{"text": "a\\\\nb"}');
                        insert into document_hold (document_id, number, version, reasons, decision,
                            decided_at, decided_by, note)
                        values (:ready, 1, 1, '[{"doubt": "UNMANAGED"}]', 'released', now(),
                            'user:Alice', '看过了');
                        insert into scanned_page values (:ready, 1, 1,
                            '[{"str": "报销", "left": 1, "top": 2, "right": 3, "bottom": 4}]');
                        insert into document_figure values (:ready, 1, 1, 5, null, :readyHash,
                            'image/png', 640, 480, '图 1');
                        insert into chunk select 70 + i, :base, :ready, 1, i, 'chunk ' || i,
                            array['第一章', 'a,"b'], null, null, 0, 5, 0, 5, 2, 'zh'
                            from generate_series(0, 2) i;
                        alter sequence chunk_id restart with 73;
                        insert into embedding_space (model, sha256, dimension, probe)
                        values ('unused', '0', 2, null), ('bge', '1', 2, '\\x0000803f00000000');
                        update knowledge_base set space_id = 2, question_tokens_per_day = 5000,
                            question_tokens_per_document = 3000 where id = :base;
                        insert into chunk_vector select id, 2, '\\x0000803f00000000' from chunk;
                        insert into user_note (user_id, text) values (:alice, '我在上海');
                        insert into conversation (id, user_id, title, knowledge_base_ids,
                            assistant_id)
                        values (:ready, :alice, '聊', array[:base], :queued);
                        insert into answer_trace (id, question, trace)
                        values (:ready, '什么？', '{"a": [1.50, "\\\\u4e2d"]}');
                        insert into message (id, conversation_id, ordinal, role, text, state, trace_id)
                        values (:ready, :ready, 0, 'user', '什么？', 'complete', null),
                            (:queued, :ready, 1, 'assistant', '', 'running', :ready);
                        insert into message_citation values (:queued, 1, :base, :ready, 1, '报销.txt',
                            null, null, array[]::text[], 0, 5, 'chunk 0');
                        insert into conversation_share values (:other, :ready);
                        insert into conversation_file values (:ready, :ready);
                        insert into token_usage values ('2026-11-22', :alice, :base, 900, 80, 1);
                        insert into answer_feedback (id, answer_id, reader_id, reader, good, reason,
                            question, answer, refused, sources, knowledge_base_ids, revision,
                            revised_by, revised_at)
                        values (:ready, :ready, :alice, 'user:Alice', false, 'wrong', '什么？', '这',
                            false, '[{"number": 1, "name": "报销.txt"}]', array[:base], '那',
                            'user:root', now());
                        insert into audit_event (actor, action, object) values ('Alice', 'x', 'y');
                        insert into model_server (id, name, url, model, sealed_key, slots,
                            context_tokens, max_tokens, temperature, top_p, seed)
                        values (:ready, 'GPU', 'http://gpu', 'm', '\\x0102', 4, 8192, 1500, 0.5, 0.9,
                            7);
                        insert into base_model_server values (:base, :ready);
                        insert into assistant (id, name, description, prompt_role, model_server_id,
                            openings, enabled)
                        values (:queued, '人事助手', '问制度', '你是人事助手。', :ready,
                            array['年假几天？', '怎么报销？'], false);
                        insert into assistant_base values (:queued, :base);
                        insert into golden_question (id, knowledge_base_id, text, answerable,
                            source, created_by)
                        values (:ready, :base, '什么？', true, 'written', 'Alice');
                        insert into golden_document values (:ready, :ready);
                        insert into approved_answer (id, knowledge_base_id, text, approved_by)
                        values (:ready, :base, '十五天 [1]', 'Alice');
                        insert into approved_question (id, approved_answer_id, knowledge_base_id,
                            number, text, vector, space)
                        values (:ready, :ready, :base, 1, '几天？', '\\x0102', 'sha');
                        insert into approved_source (approved_answer_id, number, document_id,
                            document_name, version, quote)
                        values (:ready, 1, :ready, '报销.txt', 1, '');
                        insert into chunk_edit (id, document_id, kind, original, text, made_by)
                        values (:ready, :ready, 'edited', 'chunk 0', '这样', 'Alice');
                        insert into chunk_edit (id, document_id, kind, original, text, made_by,
                            ended_at, follows)
                        values (:queued, :ready, 'edited', 'chunk 1', 'Chunk one', 'Alice', null,
                            :ready);
                        insert into answer_figure values (:ready, now(), :ready, :base, 'answered', 0, 12);
                        insert into answer_source values (:ready, :ready, now());
                        insert into work_item (id, knowledge_base_id, question, vector, space)
                        values (:ready, :base, '几天？', '\\x0102', 'sha');
                        insert into work_question values (:ready, :ready, 'refused', '几天？', 'Alice',
                            now());
                        insert into retrieval_profile (id, name, profile, created_by)
                        values (:ready, 'wide', '{"candidates": 80}', 'Alice');
                        insert into retrieval_profile_live (profile_id, gated, made_by)
                        values (:ready, true, 'Alice');
                        insert into evaluation_run (id, knowledge_base_id, profile_id, profile_name,
                            profile, state, questions, started_by)
                        values (:ready, :base, :ready, 'wide', '{}', 'done', 1, 'Alice');
                        insert into evaluation_result (run_id, ordinal, golden_question_id, question,
                            answerable, refused, result)
                        values (:ready, 0, :ready, '什么？', true, false, '{}');
                        insert into source (id, knowledge_base_id, folder_id, kind, name, place,
                            sealed, every_minutes, created_by)
                        values (:ready, :base, :ready, 'folder', 'Share', '{"path": "/srv/制度"}',
                            '\\x0102', 60, 'user:Alice');
                        insert into source_item (source_id, address, document_id, made, name, link,
                            fingerprint, sha256)
                        values (:ready, '报销.txt', :ready, true, '报销.txt', null, '13 x', 'sha');
                        insert into source_run (id, source_id, mode, state)
                        values (:ready, :ready, 'sync', 'done');
                        insert into source_report (run_id, address, what)
                        values (:ready, '报销.txt', 'added');
                        insert into ingest_try (document_id, version, attempt, node, outcome)
                        values (:ready, 1, 1, 'n', 'ready');
                        insert into retry_run (id, knowledge_base_id, reason_code, asked_by)
                        values (:ready, :base, 'CRASHED', 'user:a');
                        insert into retry_run_document values (:ready, :ready, 1);
                        insert into ingest_pause (reason, paused_by) values ('moving', 'user:a');
                        insert into setting values ('zhiwen.product.announcement', '周日维护', 'user:Alice', now());
                        insert into setup_link values ('\\x00');
                        """
                                .replace(":alice", "'" + ALICE + "'::uuid")
                                .replace(":base", "'" + BASE + "'::uuid")
                                .replace(":other", "'" + OTHER + "'::uuid")
                                .replace(":readyHash", "'" + ready + "'")
                                .replace(":queuedHash", "'" + queued + "'")
                                .replace(":ready", "'" + READY + "'::uuid")
                                .replace(":queued", "'" + QUEUED + "'::uuid"))
                .update();
    }

    @Test
    void everyTableMovesOrIsKnownToStay() {
        assertThat(Tables.all(db))
                .allSatisfy(
                        table ->
                                assertThat(
                                                Stream.of(Tables.MOVING, Tables.STAYING)
                                                        .filter(set -> set.contains(table))
                                                        .count())
                                        .as("%s is in one of the two lists of Tables", table)
                                        .isEqualTo(1));
    }

    @Test
    void aWholeInstallationIsTheSameElsewhere() throws Exception {
        var written = export(null);
        assertThat(written.documents()).isEqualTo(2);
        assertThat(written.originals()).isEqualTo(2);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");

        Place there = new Place("there");
        assertThat(there.read(file, null).already()).isFalse();
        for (String table : Tables.MOVING) {
            if (!List.of("message", "document_version", "audit_event").contains(table)) {
                assertThat(rows(there.db, table)).as(table).isEqualTo(rows(db, table)).isNotEmpty();
            }
        }
        assertThat(there.count("select count(*) from setup_link")).isZero();
        assertThat(there.text("select note from message where ordinal = 1"))
                .isEqualTo("error.interrupted");
        assertThat(there.blobs.contains(put("the original\n"))).isTrue();
        assertThat(there.text("select document_id::text || version from index_change"))
                .isEqualTo(READY + "1");
        assertThat(there.text("select task_instance from scheduled_tasks"))
                .isEqualTo(
                        there.text(
                                "select job::text from document_version where status = 'queued'"));
        assertThat(there.count("select nextval('chunk_id')")).isEqualTo(73);
        there.db
                .sql("insert into embedding_space (model, sha256, dimension) values ('n', '2', 2)")
                .update();
        assertThat(there.count("select max(id) from embedding_space")).isEqualTo(3);
    }

    @Test
    void importingTheSameAgainDoesNothingAndAnotherIsRefused() throws Exception {
        export(null);
        Place there = new Place("there");
        there.read(file, null);
        assertThat(there.read(file, null).already()).isTrue();
        Path other = folder.resolve("other.zip");
        new Export(here, blobs, "test").to(other, null);
        assertThatThrownBy(() -> there.read(other, null))
                .isInstanceOf(TransferRefused.class)
                .hasMessageContaining("in use already");
    }

    @Test
    void anExportIsNeverWrittenOverAnother() throws Exception {
        export(null);
        assertThatThrownBy(() -> export(null)).isInstanceOf(TransferRefused.class);
    }

    @Test
    void whatAKilledExportLeftIsRemovedByTheNext() throws Exception {
        Path half = Files.writeString(folder.resolve(".zhiwen-killed.part"), "half");
        export(null);
        assertThat(half).doesNotExist();
    }

    @Test
    void aBaseComesBesideOthers() throws Exception {
        new Export(here, blobs, "test").to(file, BASE.toString());
        Place there = new Place("there");
        there.db
                .sql(
                        """
                        insert into app_user (id, name, password_hash, role)
                        values (gen_random_uuid(), 'ALICE', 'x', 'member');
                        insert into embedding_space (model, sha256, dimension) values ('bge', '1', 2);
                        alter sequence chunk_id restart with 501
                        """)
                .update();
        var read = there.read(file, null);
        assertThat(read.strangers()).isEmpty();
        assertThat(rows(there.db, "document")).isEqualTo(rows(db, "document"));
        assertThat(
                        there.count(
                                "select count(*) from knowledge_base_reader"
                                        + " where role = 'editor'"))
                .isEqualTo(1);
        assertThat(there.count("select min(id) from chunk")).isEqualTo(501);
        assertThat(there.count("select count(*) from chunk_vector where space_id = 1"))
                .isEqualTo(3);
        assertThat(there.count("select space_id from knowledge_base where id = '" + BASE + "'"))
                .isEqualTo(1);
        assertThat(there.count("select count(*) from index_change")).isEqualTo(1);
        assertThat(there.count("select count(*) from scheduled_tasks")).isEqualTo(1);
        assertThat(there.read(file, null).already()).isTrue();

        there.read(file, "Copy");
        assertThat(there.count("select count(*) from chunk_edit")).isEqualTo(4);
        assertThat(
                        there.count(
                                """
                                select count(*) from chunk_edit e
                                join chunk_edit f on f.id = e.follows
                                    and f.document_id = e.document_id
                                """))
                .isEqualTo(2);
        assertThat(
                        there.count(
                                """
                                select count(*) from document_field v
                                join document d on d.id = v.document_id
                                join base_field f on f.id = v.field_id
                                    and f.knowledge_base_id = d.knowledge_base_id
                                """))
                .isEqualTo(4);
        assertThat(there.count("select count(*) from document")).isEqualTo(4);
        assertThat(there.count("select count(*) from chunk")).isEqualTo(6);
        assertThatThrownBy(() -> there.read(file, "Copy"))
                .isInstanceOf(TransferRefused.class)
                .hasMessageContaining("--as NAME");
    }

    @Test
    void aBaseIsNamedByNameOrIdAndMustBeThere() throws Exception {
        assertThat(new Export(here, blobs, "test").to(file, "Other").documents()).isZero();
        assertThatThrownBy(() -> new Export(here, blobs, "test").to(folder.resolve("n"), "None"))
                .isInstanceOf(TransferRefused.class)
                .hasMessageContaining("no base None");
        assertThat(folder.resolve("n")).doesNotExist();
    }

    @Test
    void aReaderWithoutAnAccountIsNamed() throws Exception {
        new Export(here, blobs, "test").to(file, BASE.toString());
        assertThat(new Place("there").read(file, null).strangers()).containsExactly("Alice");
    }

    @Test
    void aFileThatIsCutOffIsRefusedAndChangesNothing() throws Exception {
        export(null);
        byte[] whole = Files.readAllBytes(file);
        Place there = new Place("there");
        for (int length :
                List.of(0, 10, whole.length / 3, whole.length / 2, whole.length * 2 / 3)) {
            Files.write(file, java.util.Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> there.read(file, null)).isInstanceOf(TransferRefused.class);
        }
        assertThat(there.count("select count(*) from app_user")).isZero();
    }

    @Test
    void aChangedEntryIsNamed() throws Exception {
        export(null);
        rewrite("tables/app_user/0001.copy", text -> text.replace("member", "admin"));
        assertThatThrownBy(() -> new Place("there").read(file, null))
                .isInstanceOf(TransferRefused.class)
                .hasMessageContaining("tables/app_user/0001.copy");
    }

    @Test
    void aMissingEntryIsNamed() throws Exception {
        export(null);
        rewrite("tables/chunk/0001.copy", _ -> null);
        assertThatThrownBy(() -> new Place("there").read(file, null))
                .isInstanceOf(TransferRefused.class)
                .hasMessageContaining("tables/chunk/0001.copy");
    }

    @Test
    void aNewerExportIsRefused() throws Exception {
        export(null);
        String schema = Tables.schema(db);
        UnaryOperator<String> newer =
                text -> text.replace("\"schema\":\"" + schema, "\"schema\":\"999");
        rewrite("zhiwen.json", newer);
        rewrite("manifest.json", newer);
        assertThatThrownBy(() -> new Place("there").read(file, null))
                .isInstanceOf(TransferRefused.class)
                .hasMessageContaining("newer Zhiwen")
                .hasMessageContaining("999");
    }

    @Test
    void anOlderExportWithoutAColumnGetsItsDefault() throws Exception {
        export(null);
        String before = db.sql("select credentials from app_user").query(String.class).single();
        assertThat(before).isEqualTo("3");
        UnaryOperator<String> older =
                text ->
                        text.replace("\"schema\":\"" + Tables.schema(db), "\"schema\":\"004")
                                .replace(",\"one_time_password\",\"credentials\"", "");
        rewrite("zhiwen.json", older);
        String table = "tables/app_user/0001.copy";
        rewrite(table, text -> text.replace("\tf\t3\t", "\t"));
        String hash = sha256(entries().get(table));
        rewrite(
                "manifest.json",
                text ->
                        older.apply(text)
                                .replaceAll(
                                        "(\"entry\":\"" + table + "\".*?\"sha256\":\")[0-9a-f]+",
                                        "$1" + hash));
        Place there = new Place("there");
        there.read(file, null);
        assertThat(there.count("select credentials from app_user")).isZero();
    }

    @Test
    void aDamagedOriginalLeavesAGapThatIsTold() throws Exception {
        Sha256 hash = put("the original\n");
        blobs.delete(hash);
        assertThat(export(null).gaps()).singleElement().asString().contains(hash.hex());
        assertThat(new Place("there").read(file, null).gaps()).hasSize(1);
    }

    @Test
    void anImportThatFailsInTheEndLeavesNoRow() throws Exception {
        export(null);
        Place there = new Place("there");
        Files.move(folder.resolve("there"), folder.resolve("away"));
        assertThatThrownBy(() -> there.read(file, null)).isInstanceOf(IOException.class);
        assertThat(there.count("select count(*) from app_user")).isZero();
        Files.move(folder.resolve("away"), folder.resolve("there"));
        there.read(file, null);
        assertThat(there.count("select count(*) from app_user")).isEqualTo(1);
    }

    private Export.Written export(String base) throws Exception {
        return new Export(here, blobs, "test").to(file, base);
    }

    private Sha256 put(String text) throws IOException {
        return blobs.put(new ByteArrayInputStream(text.getBytes(UTF_8)), 1000).sha256();
    }

    private static List<String> rows(JdbcClient db, String table) {
        return db.sql("select t::text from " + table + " t order by 1").query(String.class).list();
    }

    private Map<String, String> entries() throws IOException {
        Map<String, String> entries = new LinkedHashMap<>();
        try (var zip = new ZipInputStream(Files.newInputStream(file))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), new String(zip.readAllBytes(), UTF_8));
            }
        }
        return entries;
    }

    /// With one entry changed; without it where `change` gives null.
    private void rewrite(String name, UnaryOperator<String> change) throws IOException {
        Map<String, String> entries = entries();
        assertThat(entries).containsKey(name);
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (var entry : new ArrayList<>(entries.entrySet())) {
                String text =
                        entry.getKey().equals(name)
                                ? change.apply(entry.getValue())
                                : entry.getValue();
                if (text != null) {
                    zip.putNextEntry(new ZipEntry(entry.getKey()));
                    zip.write(text.getBytes(UTF_8));
                }
            }
        }
    }

    private static String sha256(String text) {
        return java.util.HexFormat.of().formatHex(Digests.sha256().digest(text.getBytes(UTF_8)));
    }

    /// An empty installation.
    private final class Place {

        final DataSource database = TestPostgres.fresh();
        final JdbcClient db = JdbcClient.create(database);
        final FolderBlobStore blobs;

        Place(String name) throws IOException {
            blobs = FolderBlobStore.open(folder.resolve(name));
        }

        Import.Read read(Path file, String as) throws Exception {
            return new Import(database, blobs).from(file, as);
        }

        long count(String sql) {
            return db.sql(sql).query(Long.class).single();
        }

        String text(String sql) {
            return db.sql(sql).query(String.class).single();
        }
    }
}
