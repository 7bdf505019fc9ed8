package io.zhiwen.evaluate;

import io.zhiwen.ask.HybridRetrieval;
import io.zhiwen.ask.prompt.Texts;
import io.zhiwen.ask.rerank.Folding;
import io.zhiwen.ingest.Embedding;
import io.zhiwen.ingest.chunk.Chunk;
import io.zhiwen.ingest.chunk.ChunkSettings;
import io.zhiwen.ingest.chunk.Chunker;
import io.zhiwen.ingest.clean.CleanDocument;
import io.zhiwen.ingest.clean.Cleaner;
import io.zhiwen.ingest.embed.Encoders;
import io.zhiwen.ingest.index.SearchText;
import io.zhiwen.ingest.index.lucene.LuceneIndex;
import io.zhiwen.ingest.likeness.Likenesses;
import io.zhiwen.ingest.parse.Block;
import io.zhiwen.ingest.parse.ParseSettings;
import io.zhiwen.ingest.parse.ParsedDocument;
import io.zhiwen.ingest.parse.UnreadableDocument;
import io.zhiwen.ingest.parse.WorkerPool;
import io.zhiwen.ingest.store.IndexedDocument;
import io.zhiwen.ingest.store.NearDuplicates;
import io.zhiwen.ingest.store.NearDuplicates.Compared;
import io.zhiwen.ingest.store.StoredChunk;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.ingest.upload.Sha256;
import io.zhiwen.ingest.upload.SourceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.util.FileSystemUtils;

/// A set's documents, brought through the product's own stages (parse, clean, chunk, embed, index)
/// into a folder that is deleted on `close`. Needs no database. Safe for concurrent reading.
final class ThrowAwayBase implements AutoCloseable {

    static final KnowledgeBaseId ID = new KnowledgeBaseId(new UUID(0, 1));

    private static final Pattern MARKDOWN = Pattern.compile("(?m)^#{1,6} ");
    private static final Sha256 UNHASHED = new Sha256("0".repeat(64));

    private final Path folder;
    private final LuceneIndex index;
    private final Map<Long, StoredChunk> chunks = new HashMap<>();
    private final Map<DocumentId, String> names = new HashMap<>();
    private final Map<DocumentId, String> texts = new HashMap<>();
    private final Map<DocumentId, Compared> compared = new HashMap<>();
    private final Likenesses likenesses = new Likenesses(SearchText::words);

    private ThrowAwayBase(Path folder) {
        this.folder = folder;
        this.index = LuceneIndex.open(folder.resolve("index"));
    }

    /// @throws UnusableSet when a document yields no text
    static ThrowAwayBase of(EvaluationSet set, Encoders encoders)
            throws IOException, InterruptedException {
        ThrowAwayBase base = new ThrowAwayBase(Files.createTempDirectory("zhiwen-evaluate"));
        try {
            base.ingest(set, encoders);
            return base;
        } catch (IOException | InterruptedException | RuntimeException e) {
            base.close();
            throw e;
        }
    }

    LuceneIndex index() {
        return index;
    }

    int passages() {
        return chunks.size();
    }

    HybridRetrieval.LiveChunks live() {
        return (ids, _) -> ids.stream().map(chunks::get).filter(Objects::nonNull).toList();
    }

    /// As in the product; the later a document stands in the set, the newer it is.
    Folding folding() {
        return new Folding(_ -> Collections.unmodifiableMap(compared), NearDuplicates.USUAL);
    }

    /// The passages of a document, by the set's own id, in reading order.
    List<StoredChunk> chunksOf(String document) {
        return chunks.values().stream()
                .filter(chunk -> document.equals(names.get(chunk.document())))
                .sorted(Comparator.comparingInt(chunk -> chunk.chunk().ordinal()))
                .toList();
    }

    /// For passages to grow in.
    Texts texts() {
        return (document, _) -> Optional.ofNullable(texts.get(document));
    }

    /// Documents in the order of their best chunk, each once, by the set's own ids.
    List<String> documents(List<Long> ranked) {
        return ranked.stream()
                .map(chunks::get)
                .filter(Objects::nonNull)
                .map(chunk -> Objects.requireNonNull(names.get(chunk.document())))
                .distinct()
                .toList();
    }

    @Override
    public void close() {
        index.close();
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void ingest(EvaluationSet set, Encoders encoders)
            throws IOException, InterruptedException {
        Chunker chunker =
                new Chunker(
                        ChunkSettings.defaults(),
                        (language, text) -> encoders.of(language).countTokens(text));
        List<StoredChunk> all = new ArrayList<>();
        try (WorkerPool parser = new WorkerPool(parsing(), folder.resolve("parse"))) {
            for (EvaluationSet.Document document : set.documents()) {
                cut(document, parser, chunker, all);
            }
        }
        index.apply(embedded(all, encoders), 1);
    }

    private void cut(
            EvaluationSet.Document document,
            WorkerPool parser,
            Chunker chunker,
            List<StoredChunk> all)
            throws IOException, InterruptedException {
        DocumentId id = new DocumentId(new UUID(1, names.size()));
        names.put(id, document.id());
        CleanDocument clean = Cleaner.clean(parsed(document, parser));
        texts.put(id, clean.text());
        compared.put(
                id,
                new Compared(
                        id, ID, likenesses.of(clean), false, Instant.ofEpochSecond(names.size())));
        String name = document.title().isEmpty() ? document.id() : document.title();
        for (Chunk chunk : chunker.chunk(clean)) {
            StoredChunk stored = new StoredChunk(all.size() + 1L, ID, id, 1, name, chunk);
            chunks.put(stored.id(), stored);
            all.add(stored);
        }
    }

    /// The title is what a heading above the text would be.
    private ParsedDocument parsed(EvaluationSet.Document document, WorkerPool parser)
            throws IOException, InterruptedException {
        String suffix = MARKDOWN.matcher(document.text()).find() ? ".md" : ".txt";
        Path file = Files.writeString(folder.resolve("document" + suffix), document.text());
        try {
            ParsedDocument parsed =
                    parser.parse(
                            new SourceFile("document" + suffix, UNHASHED, Files.size(file), file));
            if (document.title().isEmpty()) {
                return parsed;
            }
            List<Block> blocks = new ArrayList<>();
            blocks.add(Block.heading(1, document.title(), null));
            blocks.addAll(parsed.blocks());
            return new ParsedDocument(
                    parsed.mediaType(), false, document.title(), parsed.pages(), blocks);
        } catch (UnreadableDocument e) {
            throw UnusableSet.because(file, document.id() + " yields no text: " + e.getMessage());
        }
    }

    private static List<IndexedDocument> embedded(List<StoredChunk> all, Encoders encoders)
            throws InterruptedException {
        Map<DocumentId, List<IndexedDocument.Entry>> entries = new HashMap<>();
        Iterator<StoredChunk> stored = all.iterator();
        try (Embedding embedding =
                new Embedding(encoders, Runtime.getRuntime().availableProcessors())) {
            embedding.embed(
                    all.stream().map(StoredChunk::chunk).toList(),
                    null,
                    slice ->
                            slice.forEach(
                                    one -> {
                                        StoredChunk chunk = stored.next();
                                        entries.computeIfAbsent(
                                                        chunk.document(), _ -> new ArrayList<>())
                                                .add(
                                                        new IndexedDocument.Entry(
                                                                chunk, one.space(), one.vector()));
                                    }));
        }
        return entries.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.comparing(DocumentId::value)))
                .map(one -> new IndexedDocument(one.getKey(), one.getValue()))
                .toList();
    }

    private static ParseSettings parsing() {
        ParseSettings usual = ParseSettings.defaults();
        return new ParseSettings(
                1,
                usual.heapMegabytes(),
                usual.timeLimit(),
                usual.maxChars(),
                Integer.MAX_VALUE,
                Duration.ofMinutes(10),
                usual.ocr(),
                usual.office(),
                usual.unpack());
    }
}
