package io.zhiwen.library;

import io.zhiwen.TestPostgres;
import io.zhiwen.account.Access;
import io.zhiwen.account.Audit;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Scope;
import io.zhiwen.account.TestAccess;
import io.zhiwen.ingest.Embedding;
import io.zhiwen.ingest.Ingestion;
import io.zhiwen.ingest.chunk.ChunkSettings;
import io.zhiwen.ingest.chunk.Chunker;
import io.zhiwen.ingest.embed.Embedders;
import io.zhiwen.ingest.embed.EmbeddingSpace;
import io.zhiwen.ingest.embed.Encoder;
import io.zhiwen.ingest.embed.Encoders;
import io.zhiwen.ingest.embed.TokenVectors;
import io.zhiwen.ingest.index.FollowingIndex;
import io.zhiwen.ingest.index.IndexFollower;
import io.zhiwen.ingest.parse.Block;
import io.zhiwen.ingest.parse.DocumentParser;
import io.zhiwen.ingest.parse.ParsedDocument;
import io.zhiwen.ingest.parse.PartSink;
import io.zhiwen.ingest.parse.UnpackSettings;
import io.zhiwen.ingest.parse.UnreadableDocument;
import io.zhiwen.ingest.priority.QuestionsFirst;
import io.zhiwen.ingest.store.BaseSpaces;
import io.zhiwen.ingest.store.ChangeLog;
import io.zhiwen.ingest.store.ChunkStore;
import io.zhiwen.ingest.store.IndexedDocument;
import io.zhiwen.ingest.store.NearDuplicates;
import io.zhiwen.ingest.store.NewVectors;
import io.zhiwen.ingest.store.Publishing;
import io.zhiwen.ingest.store.ReaderDatabase;
import io.zhiwen.ingest.store.SearchableVectors;
import io.zhiwen.ingest.store.SpaceChanges;
import io.zhiwen.ingest.store.TokenStore;
import io.zhiwen.ingest.upload.BlobStore;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.FolderBlobStore;
import io.zhiwen.ingest.upload.SourceFile;
import io.zhiwen.node.Node;
import io.zhiwen.node.NodeRole;
import io.zhiwen.node.Notifications;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// The library over a real database and real files; only parsing and embedding are quick.
public final class LibraryHouse implements AutoCloseable {

    static final long LARGEST = 1_000_000;

    public final DataSource database;
    public final JdbcClient db;
    public final Library library;
    final Folders folders;
    final Filing filing;
    final Lives lives;
    final Fields fields;
    final FieldValues fieldValues;
    final InForce inForce;
    final History history;
    final DocumentTable table;
    final Timelines timelines;
    final HeldDocuments held;
    final HoldPolicies policies;
    final Quarantine quarantine;
    final Failures failures;
    final Pauses pauses;
    final PlaceGrants places;
    final Chunking chunking;
    final BaseSpaces spaces;
    final SpaceChanges spaceChanges;
    final VectorSpaces vectorSpaces;
    final ChunkStore chunks;
    public final BlobStore blobs;
    public final Access access;
    final Purge purge;
    final OrphanSweep orphans;
    final Map<DocumentId, IndexedDocument> index = new ConcurrentHashMap<>();
    public final Principal.User admin;

    /// What the parser does; plain text by paragraphs unless a test says otherwise.
    public volatile DocumentParser parser = LibraryHouse::paragraphs;

    /// What the sweep takes for now.
    volatile Instant now = Instant.now();

    public final BroughtDocuments brought;
    final Versions versions;
    final Jobs jobs;
    final Line line;
    private final Unpacking unpacking;
    private final IndexFollower follower;
    final Embedding embedding;
    final TokenStore tokens;
    private final NewVectors newVectors;
    private final Notifications notifications;

    public LibraryHouse(Path folder) throws IOException {
        this(TestPostgres.fresh(), folder);
    }

    LibraryHouse(DataSource database, Path folder) throws IOException {
        this(
                database,
                folder,
                new Embedders(new Encoders(new Tiny("zh"), new Tiny("en"))),
                SearchableVectors.NONE);
    }

    LibraryHouse(
            DataSource database, Path folder, Embedders embedders, SearchableVectors searchable)
            throws IOException {
        this.database = database;
        db = JdbcClient.create(database);
        var transactions = new JdbcTransactionManager(database);
        var transaction = new TransactionTemplate(transactions);
        var settings = new IngestSettings(2, 2, 3, Duration.ofMillis(20), Duration.ofMinutes(1));
        blobs = FolderBlobStore.open(folder);
        var readers = ReaderDatabase.open(database);
        chunks = new ChunkStore(db, readers);
        access = TestAccess.over(database);
        follower = IndexFollower.start(new ChangeLog(db, transactions)::after, new MapIndex());
        tokens = new TokenStore(new JdbcTemplate(database), Long.MAX_VALUE);
        embedding = new Embedding(embedders, new QuestionsFirst(), tokens::hasRoom, 2);
        var chunker = new Chunker(ChunkSettings.defaults(), (_, text) -> text.length() / 2 + 1);
        var publishing = new Publishing(new JdbcTemplate(database), transactions, searchable);
        var duplicates = new NearDuplicates(db, readers, true, NearDuplicates.USUAL);
        var ingestion =
                new Ingestion(
                        new Changing(),
                        chunker,
                        embedding,
                        publishing,
                        new StageLog(db),
                        duplicates::of);
        var node = new Node("house", NodeRole.BOTH, true);
        versions = new Versions(db, transaction, node);
        var worker =
                new IngestWorker(
                        versions,
                        blobs,
                        ingestion,
                        chunks,
                        this::unpacking,
                        follower,
                        settings,
                        InstantSource.system(),
                        List.of());
        purge =
                new Purge(
                        db,
                        transaction,
                        blobs,
                        () -> new Retention(Duration.ZERO, Duration.ofDays(7)));
        orphans = new OrphanSweep(db, transaction, blobs, () -> now);
        notifications = Notifications.start(database::getConnection);
        line = new Line(db, InstantSource.system());
        jobs =
                new Jobs(
                        database,
                        db,
                        line,
                        worker,
                        List.of(new LibraryChores().purging(purge)),
                        settings,
                        node,
                        notifications,
                        InstantSource.system());
        var audit = new Audit(db);
        spaces = new BaseSpaces(db);
        spaceChanges = new SpaceChanges(db);
        newVectors = new NewVectors(new JdbcTemplate(database), transactions, searchable);
        vectorSpaces =
                new VectorSpaces(db, transaction, access, audit, embedders, spaces, spaceChanges);
        var documents = new Documents(readers, chunks, follower);
        var changes =
                new DocumentChanges(db, transaction, access, audit, documents, jobs, follower);
        var bases = new Bases(db, transaction, access, audit);
        var aclPlaces = new AclPlaces(db);
        folders =
                new Folders(db, transaction, access, audit, new FolderTree(db), aclPlaces, changes);
        filing = new Filing(db, transaction, audit, changes, aclPlaces, folders);
        fields = new Fields(db, readers, transaction, access, audit);
        fieldValues = new FieldValues(db, transaction, access, audit, documents, changes);
        inForce = new InForce(db, transaction, follower);
        lives =
                new Lives(
                        db,
                        transaction,
                        access,
                        audit,
                        documents,
                        changes,
                        inForce,
                        TestAccess.users(db, transaction, database),
                        filing,
                        fieldValues,
                        follower);
        policies = new HoldPolicies(db, transaction, access, audit);
        quarantine =
                new Quarantine(db, transaction, access, audit, changes, publishing, jobs, follower);
        history = new History(db, documents);
        table = new DocumentTable(readers, documents);
        held = new HeldDocuments(db, access);
        timelines = new Timelines(db, access, documents, line, held);
        failures = new Failures(db, transaction, access, audit, jobs);
        pauses = new Pauses(db, transaction, access, audit, line, jobs);
        places = new PlaceGrants(db, transaction, access, audit, documents, folders, aclPlaces);
        var newVersions = new NewVersions(db, blobs, jobs);
        unpacking =
                new Unpacking(
                        db,
                        transaction,
                        blobs,
                        newVersions,
                        changes,
                        jobs,
                        audit,
                        new UnpackSettings(5, LARGEST, 2));
        UploadLimit limits = () -> LARGEST;
        brought =
                new BroughtDocuments(
                        db, audit, blobs, newVersions, changes, folders, jobs, follower, limits);
        var uploads =
                new Uploads(
                        db,
                        transaction,
                        access,
                        audit,
                        blobs,
                        documents,
                        changes,
                        folders,
                        jobs,
                        newVersions,
                        new NamedDocuments(db),
                        limits);
        library =
                new Library(
                        bases,
                        uploads,
                        documents,
                        table,
                        new Originals(documents, blobs),
                        changes,
                        new SampleBase(bases, uploads, access));
        chunking = new Chunking(db, transaction, access, audit, documents, changes, jobs, chunker);
        admin = user("admin");
        jobs.start();
    }

    /// As a process that has just started has it.
    SpaceBuilder builder() {
        return new SpaceBuilder(spaceChanges, newVectors, embedding, follower);
    }

    private Unpacking unpacking() {
        return unpacking;
    }

    public Scope everything() {
        return access.everythingFor(admin);
    }

    Principal.User user(String role) {
        UUID id = UUID.randomUUID();
        db.sql(
                        """
                        insert into app_user (id, name, password_hash, role)
                        values (:id, :name, 'x', :role)
                        """)
                .param("id", id)
                .param("name", role + id)
                .param("role", role)
                .update();
        return new Principal.User(id, role + id, role.equals("admin"));
    }

    Principal.Key key(UUID base) {
        UUID id = UUID.randomUUID();
        db.sql(
                        """
                        insert into api_key (id, name, prefix, secret_hash)
                        values (:id, 'portal', 'p', decode(md5(:text), 'hex'))
                        """)
                .param("id", id)
                .param("text", id.toString())
                .update();
        db.sql("insert into api_key_base (api_key_id, knowledge_base_id) values (:id, :base)")
                .param("id", id)
                .param("base", base)
                .update();
        return new Principal.Key(id, "portal", false);
    }

    /// Waits until nothing more happens to the document by itself.
    public DocumentRow settled(DocumentId id) throws InterruptedException {
        Instant deadline = Instant.now().plusSeconds(60);
        while (true) {
            DocumentRow row = library.document(everything(), id).orElseThrow();
            if (row.status().isFinal() && follower.awaitCaughtUp(Duration.ofSeconds(30))) {
                return row;
            }
            if (Instant.now().isAfter(deadline)) {
                throw new AssertionError("not settled: " + row);
            }
            Thread.sleep(20);
        }
    }

    void awaitIndex() throws InterruptedException {
        if (!follower.awaitCaughtUp(Duration.ofSeconds(30))) {
            throw new AssertionError("the index lags");
        }
    }

    void run(String sql) {
        db.sql(sql).update();
    }

    long waitingForLocks() {
        return count(
                """
                select count(*) from pg_stat_activity
                where datname = current_database() and wait_event_type = 'Lock'
                """);
    }

    public long count(String sql) {
        return db.sql(sql).query(Long.class).single();
    }

    @Override
    public void close() {
        jobs.stop();
        follower.close();
        embedding.close();
        notifications.close();
    }

    public static ParsedDocument paragraphs(SourceFile file) {
        try {
            List<Block> blocks =
                    Stream.of(Files.readString(file.path()).split("\n\n"))
                            .map(text -> Block.paragraph(text, null))
                            .toList();
            return new ParsedDocument("text/plain", false, null, null, blocks);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ParsedDocument refuse(UnreadableDocument.Reason reason) throws UnreadableDocument {
        throw UnreadableDocument.because(reason, "said the test");
    }

    private final class MapIndex implements FollowingIndex {
        private volatile long position;

        @Override
        public long position() {
            return position;
        }

        @Override
        public void apply(
                List<IndexedDocument> documents, Map<DocumentId, Long> acls, long reached) {
            for (IndexedDocument document : documents) {
                if (document.entries().isEmpty()) {
                    index.remove(document.id());
                } else {
                    index.put(document.id(), document);
                }
            }
            position = reached;
        }

        @Override
        public void rebuild() {
            index.clear();
            position = 0;
        }
    }

    /// Asks whichever parser the test has put there.
    private final class Changing implements DocumentParser {

        @Override
        public ParsedDocument parse(SourceFile file)
                throws UnreadableDocument, InterruptedException {
            return parser.parse(file);
        }

        @Override
        public ParsedDocument parse(SourceFile file, PartSink parts)
                throws UnreadableDocument, InterruptedException {
            return parser.parse(file, parts);
        }
    }

    private record Tiny(String name) implements Encoder {
        @Override
        public EmbeddingSpace space() {
            return new EmbeddingSpace(name, "0", 2);
        }

        @Override
        public float[] embed(String text) {
            return new float[] {1, text.length()};
        }

        @Override
        public TokenVectors embedTokens(String text) {
            return new TokenVectors(2, new float[] {1, text.length()}, new int[1], new int[1]);
        }

        @Override
        public int countTokens(String text) {
            return text.length();
        }
    }
}
