package io.zhiwen.system;

import io.zhiwen.ask.retrieve.ServedBases;
import io.zhiwen.ingest.Embedding;
import io.zhiwen.ingest.IngestObserver;
import io.zhiwen.ingest.Ingestion;
import io.zhiwen.ingest.chunk.Chunker;
import io.zhiwen.ingest.embed.Embedders;
import io.zhiwen.ingest.embed.Encoders;
import io.zhiwen.ingest.index.Highlighter;
import io.zhiwen.ingest.index.IndexFollower;
import io.zhiwen.ingest.index.VectorIndex;
import io.zhiwen.ingest.index.lucene.LuceneIndex;
import io.zhiwen.ingest.index.lucene.WordHighlighter;
import io.zhiwen.ingest.parse.Seeing;
import io.zhiwen.ingest.parse.Transcribing;
import io.zhiwen.ingest.parse.UnpackSettings;
import io.zhiwen.ingest.parse.WorkerPool;
import io.zhiwen.ingest.priority.QuestionsFirst;
import io.zhiwen.ingest.store.BaseSpaces;
import io.zhiwen.ingest.store.ChangeLog;
import io.zhiwen.ingest.store.ChunkStore;
import io.zhiwen.ingest.store.NearDuplicates;
import io.zhiwen.ingest.store.NewVectors;
import io.zhiwen.ingest.store.Publishing;
import io.zhiwen.ingest.store.ReaderDatabase;
import io.zhiwen.ingest.store.SearchableVectors;
import io.zhiwen.ingest.store.SpaceChanges;
import io.zhiwen.ingest.store.TokenStore;
import io.zhiwen.ingest.upload.BlobStore;
import io.zhiwen.library.IngestSettings;
import io.zhiwen.library.UploadLimit;
import io.zhiwen.library.UploadSettings;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.web.multipart.MultipartResolver;

/// The stages of ingestion, which know nothing of Spring's context, and the indexes that follow
/// them.
@Configuration(proxyBeanMethods = false)
class IngestWiring {

    /// @throws BlobStoreUnavailable when originals cannot be kept, saying what to do
    @Bean
    BlobStore blobStore(HeadStart start, BlobSettings settings) throws IOException {
        return settings.open(start.folder().blobs(), start.folder().tmp().resolve("originals"));
    }

    /// Its name is Spring's.
    @Bean
    MultipartResolver multipartResolver(
            HeadStart start, BlobStore blobs, UploadSettings settings, UploadLimit limit) {
        return new UploadRoom(
                List.of(start.folder().tmp(), blobs.incoming()),
                settings.reserve().toBytes(),
                limit);
    }

    @Bean
    Encoders encoders(HeadStart start) {
        return start.encoders();
    }

    @Bean(destroyMethod = "")
    LuceneIndex luceneIndex(HeadStart start) {
        return start.index();
    }

    @Bean
    Highlighter highlighter() {
        return new WordHighlighter();
    }

    @Bean
    ChunkStore chunkStore(JdbcClient db, ReaderDatabase readers) {
        return new ChunkStore(db, readers);
    }

    @Bean
    NearDuplicates nearDuplicates(JdbcClient db, ReaderDatabase readers, StageSettings settings) {
        var wanted = settings.nearDuplicates();
        return new NearDuplicates(db, readers, wanted.enabled(), wanted.from());
    }

    @Bean
    ChangeLog changeLog(JdbcClient db, PlatformTransactionManager transactions, HeadStart start) {
        return new ChangeLog(db, transactions, start.vectors() == VectorPlace.LUCENE);
    }

    @Bean
    Publishing publishing(
            JdbcTemplate jdbc,
            PlatformTransactionManager transactions,
            SearchableVectors searchable) {
        return new Publishing(jdbc, transactions, searchable);
    }

    /// An index of another database, e.g. of one from before a backup was put back, begins anew.
    @Bean
    IndexFollower indexFollower(ChangeLog log, LuceneIndex index) {
        if (!log.knows(index.position())) {
            index.rebuild();
        }
        return IndexFollower.start(log::after, index);
    }

    @Bean
    Embedders embedders(Encoders encoders, StageSettings settings) {
        return new Embedders(encoders, settings.embedding().settings());
    }

    @Bean
    BaseSpaces baseSpaces(JdbcClient db) {
        return new BaseSpaces(db);
    }

    @Bean
    SpaceChanges spaceChanges(JdbcClient db) {
        return new SpaceChanges(db);
    }

    @Bean
    NewVectors newVectors(
            JdbcTemplate jdbc,
            PlatformTransactionManager transactions,
            SearchableVectors searchable) {
        return new NewVectors(jdbc, transactions, searchable);
    }

    @Bean
    ServedBases servedBases(BaseSpaces spaces, Embedders embedders, VectorIndex vectors) {
        return bases ->
                spaces.of(bases, vectors.reached()).entrySet().stream()
                        .collect(
                                Collectors.toMap(
                                        Map.Entry::getKey, base -> embedders.in(base.getValue())));
    }

    @Bean
    QuestionsFirst questionsFirst() {
        return new QuestionsFirst();
    }

    @Bean
    TokenStore tokenStore(JdbcTemplate jdbc, StageSettings settings) {
        return new TokenStore(jdbc, settings.embedding().tokenStore().toBytes());
    }

    @Bean
    Embedding embedding(
            Embedders embedders,
            QuestionsFirst questions,
            TokenStore tokens,
            IngestSettings settings) {
        return new Embedding(embedders, questions, tokens::hasRoom, settings.embeddingThreads());
    }

    @Bean
    WorkerPool workerPool(HeadStart start, StageSettings settings) throws IOException {
        return new WorkerPool(
                settings.parse().settings().keeping(settings.vision().settings().pictures()),
                start.folder().tmp().resolve("parse"),
                start.folder().ranges());
    }

    @Bean
    Seeing seeing(WorkerPool workers, StageSettings settings) {
        return new Seeing(workers, settings.vision().settings());
    }

    @Bean
    @Primary
    Transcribing transcribing(Seeing parser, StageSettings settings) {
        return new Transcribing(parser, settings.transcription().settings());
    }

    @Bean
    UnpackSettings unpackSettings(StageSettings settings) {
        return settings.parse().unpack().settings();
    }

    @Bean
    Chunker chunker(Encoders encoders, StageSettings settings) {
        return new Chunker(
                settings.chunk().settings(),
                (language, text) -> encoders.of(language).countTokens(text));
    }

    @Bean
    Ingestion ingestion(
            Transcribing parser,
            Chunker chunker,
            Embedding embedding,
            Publishing publishing,
            NearDuplicates duplicates,
            List<IngestObserver> observers) {
        return new Ingestion(
                parser,
                chunker,
                embedding,
                publishing,
                IngestObserver.all(observers),
                duplicates::of);
    }
}
