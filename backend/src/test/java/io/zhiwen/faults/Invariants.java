package io.zhiwen.faults;

import io.zhiwen.journey.Rest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.lucene.index.CheckIndex;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.store.FSDirectory;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/// What must hold whatever happened, numbered as in `backend/docs/faults.md`. Each check adds a
/// line for each violation; no line, no violation. There is no token ledger yet, so I8 is absent.
final class Invariants {

    private static final Duration SETTLED_WITHIN = Duration.ofMinutes(3);
    private static final Duration FOUND_WITHIN = Duration.ofMinutes(2);

    private static final String JOBS =
            "select count(*) from scheduled_tasks where task_name = 'ingest'";

    private final JdbcClient db;
    private final Rest rest;
    private final String base;
    private final List<Slot> slots;
    private final List<String> violations = new ArrayList<>();

    Invariants(JdbcClient db, Rest rest, String base, List<Slot> slots) {
        this.db = db;
        this.rest = rest;
        this.base = base;
        this.slots = List.copyOf(slots);
    }

    List<String> violations() {
        return violations;
    }

    /// All that can be asked of a running product, when it has finished its work.
    Invariants check() throws IOException, InterruptedException {
        everythingEnds();
        for (Slot slot : slots) {
            promised(slot);
            rows(slot);
        }
        generations();
        timelines();
        nothingUnknownIsThere();
        everythingPromisedIsFoundAndNothingDeleted();
        answers();
        return this;
    }

    /// I1, its second half: nothing stays in work.
    private void everythingEnds() throws InterruptedException {
        Instant deadline = Instant.now().plus(SETTLED_WITHIN);
        while (count(
                        """
                        select count(*) from document_version v join document d on d.id = v.document_id
                        where v.status not in ('ready', 'failed', 'held') and d.deleted_at is null
                        """)
                > 0) {
            if (Instant.now().isAfter(deadline)) {
                violations.add("I1 still in work after " + SETTLED_WITHIN + ": " + inWork());
                return;
            }
            Thread.sleep(200);
        }
        // the last job leaves the queue after its document is ready
        while (count(JOBS) > 0) {
            if (Instant.now().isAfter(deadline)) {
                violations.add("I1 " + count(JOBS) + " jobs without work");
                return;
            }
            Thread.sleep(200);
        }
    }

    private String inWork() {
        return db.sql(
                        """
                        select v.document_id, v.version, v.status, v.attempt, v.tries, t.picked,
                            t.picked_by, t.last_heartbeat, t.execution_time
                        from document_version v left join scheduled_tasks t
                            on t.task_instance = v.job::text
                        where v.status not in ('ready', 'failed', 'held')
                        """)
                .query()
                .listOfRows()
                .toString();
    }

    /// I1: what was acknowledged is there, byte for byte, and ended.
    private void promised(Slot slot) throws IOException, InterruptedException {
        String id = slot.document;
        if (id == null) {
            return;
        }
        JsonNode document;
        byte[] original;
        try {
            document = ended(id);
            original = rest.original(id);
        } catch (Rest.Unexpected e) {
            if (slot.deleted == Slot.Deleted.NO) {
                violations.add("I1 lost: " + slot + ": " + e.getMessage());
            }
            return;
        }
        if (slot.deleted == Slot.Deleted.YES) {
            violations.add("I4 deleted, but there: " + slot);
            return;
        }
        if (slot.deleted == Slot.Deleted.MAYBE) {
            return;
        }
        String hash = Texts.sha256(original);
        if (!hash.equals(slot.acknowledged.getLast()) && !slot.abandoned.contains(hash)) {
            violations.add("I1 other bytes: " + slot + " has " + hash);
        }
        String status = document.get("status").asString();
        if (!status.equals("ready")) {
            violations.add("I1 a good document is " + status + ": " + document);
        }
    }

    /// A document is in work until the index of the node that is asked holds it too.
    private JsonNode ended(String id) throws IOException, InterruptedException {
        Instant deadline = Instant.now().plus(FOUND_WITHIN);
        JsonNode document = rest.document(id);
        while (document.get("status").asString().equals("embedding")
                && Instant.now().isBefore(deadline)) {
            Thread.sleep(100);
            document = rest.document(id);
        }
        return document;
    }

    /// I7, and that nothing was done twice: rows of documents, versions and the audit.
    private void rows(Slot slot) {
        List<String> ids =
                db.sql(
                                "select id::text from document where name = :name and knowledge_base_id = cast(:base as uuid)")
                        .param("name", slot.name)
                        .param("base", base)
                        .query(String.class)
                        .list();
        boolean acknowledged = slot.document != null;
        if (ids.size() > 1 || (acknowledged && ids.isEmpty())) {
            violations.add("I7 " + ids.size() + " documents for " + slot);
        }
        for (String id : ids) {
            long versions =
                    count("select count(*) from document_version where document_id = '%s'", id);
            long least = Math.max(1, slot.acknowledged.size());
            if (versions < least || versions > least + slot.abandoned.size()) {
                violations.add("I7 " + versions + " versions of " + slot);
            }
            audited(slot, id, "document.upload", 1);
            audited(slot, id, "document.replace", versions - 1);
            audited(
                    slot,
                    id,
                    "document.delete",
                    count(
                            "select count(*) from document where id = '%s' and deleted_at is not null",
                            id));
        }
    }

    private void audited(Slot slot, String id, String action, long expected) {
        long found =
                count(
                        "select count(*) from audit_event where object = 'document:%s' and action = '"
                                + action
                                + "'",
                        id);
        if (found != expected) {
            violations.add(
                    "I7 %d audit rows %s, not %d, for %s".formatted(found, action, expected, slot));
        }
    }

    /// I2.
    private void generations() {
        none(
                "I2 live, but not ready",
                """
                select count(*) from document d join document_version v
                    on v.document_id = d.id and v.version = d.live_version
                where v.status <> 'ready'
                """);
        none(
                "I2 not the newest ready version is live",
                """
                select count(*) from document d
                where d.deleted_at is null and d.live_version is distinct from (
                    select max(version) from document_version v
                    where v.document_id = d.id and v.status = 'ready')
                """);
        none(
                "I2 chunks missing or too many in a live version",
                """
                select count(*) from document d join document_version v
                    on v.document_id = d.id and v.version = d.live_version
                where d.deleted_at is null and v.chunks is distinct from (
                    select count(*) from chunk c
                    where c.document_id = d.id and c.version = v.version)
                """);
        none(
                "I2 (document, version, ordinal) twice, or a gap",
                """
                select count(*) from (
                    select 1 from chunk c join document d
                        on d.id = c.document_id and d.live_version = c.version
                    group by c.document_id, c.version
                    having count(*) <> count(distinct ordinal) or count(*) <> max(ordinal) + 1) as bad
                """);
        none(
                "I2 chunks of live versions without a vector",
                """
                select count(*) from chunk c join document d
                    on d.id = c.document_id and d.live_version = c.version
                where not exists (select 1 from chunk_vector v where v.chunk_id = c.id)
                """);
    }

    /// I9: what was killed is not told as running, and what is ready was made ready by somebody.
    private void timelines() {
        none(
                "I9 a try without an end, of a version that nobody works on",
                """
                select count(*) from ingest_try t join document_version v
                    on v.document_id = t.document_id and v.version = t.version
                where t.outcome is null and v.status in ('ready', 'failed')
                """);
        none(
                "I9 a ready version without the try that made it so, or with two",
                """
                select count(*) from document_version v
                where v.status = 'ready' and 1 <> (
                    select count(*) from ingest_try t
                    where t.document_id = v.document_id and t.version = v.version
                      and t.outcome = 'ready')
                """);
    }

    /// I4: nobody's document.
    private void nothingUnknownIsThere() {
        Set<String> names = new HashSet<>();
        slots.forEach(slot -> names.add(slot.name));
        Set<String> strangers =
                new TreeSet<>(
                        db.sql(
                                        "select name from document where knowledge_base_id = cast(:base as uuid)")
                                .param("base", base)
                                .query(String.class)
                                .list());
        strangers.removeAll(names);
        if (!strangers.isEmpty()) {
            violations.add("I4 nobody sent " + strangers);
        }
    }

    /// I3 from outside, and I4.
    private void everythingPromisedIsFoundAndNothingDeleted()
            throws IOException, InterruptedException {
        Instant deadline = Instant.now().plus(FOUND_WITHIN);
        for (Slot slot : slots) {
            if (slot.isPromised() && slot.abandoned.isEmpty()) {
                String word = slot.words.get(slot.acknowledged.getLast());
                while (!finds(slot, word)) {
                    if (Instant.now().isAfter(deadline)) {
                        violations.add("I3 not found by " + word + ": " + slot);
                        break;
                    }
                    Thread.sleep(200);
                }
                for (String old : slot.acknowledged.subList(0, slot.acknowledged.size() - 1)) {
                    if (slot.acknowledged.getLast().equals(old)) {
                        continue;
                    }
                    if (finds(slot, slot.words.get(old))) {
                        violations.add("I4 an old version is found: " + slot);
                    }
                }
            } else if (slot.deleted == Slot.Deleted.YES) {
                for (String word : slot.words.values()) {
                    if (finds(slot, word)) {
                        violations.add("I4 deleted, but found by " + word + ": " + slot);
                    }
                }
            }
        }
    }

    private boolean finds(Slot slot, String word) throws IOException, InterruptedException {
        for (JsonNode passage : rest.search(base, word, 3)) {
            if (passage.get("document").get("id").asString().equals(slot.document)
                    && passage.get("text").asString().contains(word + " ")) {
                return true;
            }
        }
        return false;
    }

    /// I6.
    private void answers() {
        none(
                "I6 more than one answer to a question",
                """
                select count(*) from message a join message b
                    on b.conversation_id = a.conversation_id and b.ordinal = a.ordinal + 1
                where a.role = 'assistant' and b.role = 'assistant'
                """);
        none(
                "I6 an answer that nobody writes any more is running",
                "select count(*) from message where state = 'running' and created_at < now() - interval '5 minutes'");
    }

    /// I5, of a store in a folder: no row without its bytes, nothing half-written left.
    Invariants blobs(Path blobs) throws IOException {
        Set<String> wanted =
                new HashSet<>(
                        db.sql("select distinct sha256 from document_version")
                                .query(String.class)
                                .list());
        Set<String> kept = new HashSet<>();
        try (Stream<Path> files = Files.walk(blobs)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = file.getFileName().toString();
                if (file.getParent().getFileName().toString().equals("tmp")) {
                    violations.add("I5 left behind: " + file);
                } else if (name.matches("[0-9a-f]{64}")) {
                    kept.add(name);
                    if (!Texts.sha256(Files.readAllBytes(file)).equals(name)) {
                        violations.add("I5 other bytes in " + file);
                    }
                }
            }
        }
        wanted.removeAll(kept);
        if (!wanted.isEmpty()) {
            violations.add("I5 rows without bytes: " + wanted);
        }
        return this;
    }

    /// I3 of pgvector, where the database has it. Rows of what is live no more go with their
    /// chunks.
    Invariants vectors() {
        boolean pgvector =
                db.sql("select to_regclass('chunk_halfvec') is not null")
                        .query(Boolean.class)
                        .single();
        if (pgvector) {
            Set<Long> lacking = liveChunks();
            lacking.removeAll(
                    db.sql("select chunk_id from chunk_halfvec").query(Long.class).list());
            if (!lacking.isEmpty()) {
                violations.add("I3 pgvector lacks " + lacking);
            }
        }
        return this;
    }

    /// The ids an index must hold now; ask before the database ends.
    Set<Long> liveChunks() {
        return new TreeSet<>(
                db.sql(
                                """
                                select c.id from chunk c join document d
                                    on d.id = c.document_id and d.live_version = c.version
                                join knowledge_base b on b.id = d.knowledge_base_id
                                where d.deleted_at is null and b.deleted_at is null
                                """)
                        .query(Long.class)
                        .list());
    }

    /// I3 from inside, of a node that has ended.
    Invariants index(Path folder, Set<Long> live) throws IOException {
        Set<Long> indexed = new TreeSet<>();
        try (FSDirectory directory = FSDirectory.open(folder);
                CheckIndex check = new CheckIndex(directory)) {
            ByteArrayOutputStream said = new ByteArrayOutputStream();
            check.setInfoStream(new PrintStream(said, true, StandardCharsets.UTF_8));
            if (!check.checkIndex().clean) {
                violations.add("I3 the index is damaged: " + said.toString(StandardCharsets.UTF_8));
                return this;
            }
            try (DirectoryReader reader = DirectoryReader.open(directory)) {
                for (LeafReaderContext leaf : reader.leaves()) {
                    NumericDocValues ids = leaf.reader().getNumericDocValues("chunk");
                    if (ids == null) {
                        continue;
                    }
                    var alive = leaf.reader().getLiveDocs();
                    while (ids.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
                        if (alive == null || alive.get(ids.docID())) {
                            if (!indexed.add(ids.longValue())) {
                                violations.add("I3 chunk twice in the index: " + ids.longValue());
                            }
                        }
                    }
                }
            }
        }
        if (!indexed.equals(live)) {
            Set<Long> more = new TreeSet<>(indexed);
            more.removeAll(live);
            Set<Long> less = new TreeSet<>(live);
            less.removeAll(indexed);
            violations.add("I3 the index has too many " + more + " and lacks " + less);
        }
        return this;
    }

    private void none(String what, String sql) {
        long found = count(sql);
        if (found > 0) {
            violations.add(what + ": " + found);
        }
    }

    private long count(String sql, Object... arguments) {
        return db.sql(arguments.length == 0 ? sql : sql.formatted(arguments))
                .query(Long.class)
                .single();
    }
}
