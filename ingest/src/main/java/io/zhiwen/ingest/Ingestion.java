package io.zhiwen.ingest;

import io.zhiwen.ingest.IngestObserver.Stage;
import io.zhiwen.ingest.chunk.Chunk;
import io.zhiwen.ingest.chunk.Chunker;
import io.zhiwen.ingest.clean.CleanDocument;
import io.zhiwen.ingest.clean.Cleaner;
import io.zhiwen.ingest.clean.FigurePlaces;
import io.zhiwen.ingest.doubt.HoldReason;
import io.zhiwen.ingest.doubt.HoldRules;
import io.zhiwen.ingest.failpoint.Failpoint;
import io.zhiwen.ingest.index.SearchText;
import io.zhiwen.ingest.likeness.Likeness;
import io.zhiwen.ingest.likeness.Likenesses;
import io.zhiwen.ingest.parse.DocumentParser;
import io.zhiwen.ingest.parse.Figure;
import io.zhiwen.ingest.parse.ParsedDocument;
import io.zhiwen.ingest.parse.Part;
import io.zhiwen.ingest.parse.PartSink;
import io.zhiwen.ingest.parse.UnreadableDocument;
import io.zhiwen.ingest.parse.UnreadableDocument.Reason;
import io.zhiwen.ingest.store.Attempt;
import io.zhiwen.ingest.store.Publishing;
import io.zhiwen.ingest.store.StoredFigure;
import io.zhiwen.ingest.table.Tables;
import io.zhiwen.ingest.upload.Sha256;
import io.zhiwen.ingest.upload.SourceFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes an uploaded file findable. Safe for concurrent use.
public final class Ingestion {

    private final DocumentParser parser;
    private final Chunker chunker;
    private final Embedding embedding;
    private final Publishing store;
    private final IngestObserver observer;
    private final Copies copies;
    private final Tables tables = new Tables(SearchText::words);
    private final Likenesses likenesses = new Likenesses(SearchText::words);

    public Ingestion(
            DocumentParser parser, Chunker chunker, Embedding embedding, Publishing store) {
        this(parser, chunker, embedding, store, IngestObserver.NONE, (_, _) -> List.of());
    }

    /// @param copies asked where a base holds back what says the same as another document
    public Ingestion(
            DocumentParser parser,
            Chunker chunker,
            Embedding embedding,
            Publishing store,
            IngestObserver observer,
            Copies copies) {
        this.parser = parser;
        this.chunker = chunker;
        this.embedding = embedding;
        this.store = store;
        this.observer = observer;
        this.copies = copies;
    }

    /// Which documents of the attempt's base, beside its own, say nearly the same.
    @FunctionalInterface
    public interface Copies {

        List<HoldReason> of(Attempt attempt, Likeness likeness);
    }

    /// When this returns, readers find the version, or it is held for review; until then they find
    /// nothing of it. Whoever is interrupted, or loses the attempt, leaves nothing anyone sees.
    ///
    /// @param rules of its base
    /// @param parts for the files inside of it
    /// @return whether readers find it
    /// @throws UnreadableDocument when there is nothing to index
    /// @throws io.zhiwen.ingest.store.AttemptLost when the version is another worker's, or nobody
    /// wants it any more
    /// @throws io.zhiwen.ingest.embed.EmbeddingUnavailable when vectors cannot be had now
    public boolean ingest(SourceFile file, Attempt attempt, BaseRules rules, PartKeeper parts)
            throws UnreadableDocument, InterruptedException {
        embedding.require(rules.served());
        var laps = new Laps(attempt);
        List<@Nullable Sha256> pictures = new ArrayList<>();
        var parsed = parser.parse(file, counting(attempt, parts, pictures));
        laps.end(Stage.PARSE);
        Failpoint.AFTER_PARSE.pass();
        var clean = Cleaner.clean(parsed);
        return cut(attempt, parsed, clean, figures(parsed, clean, pictures), rules, parts, laps);
    }

    /// @param pictures of the figures, each under its hash; null for one that nobody keeps
    private static List<StoredFigure> figures(
            ParsedDocument parsed, CleanDocument clean, List<@Nullable Sha256> pictures) {
        List<StoredFigure> figures = new ArrayList<>();
        List<FigurePlaces.Place> places = FigurePlaces.of(parsed, clean);
        for (int i = 0; i < Math.min(places.size(), pictures.size()); i++) {
            Sha256 picture = pictures.get(i);
            if (picture != null) {
                var place = places.get(i);
                figures.add(
                        new StoredFigure(
                                figures.size() + 1,
                                place.place(),
                                place.figure().page(),
                                picture,
                                place.figure().mediaType(),
                                place.figure().width(),
                                place.figure().height(),
                                place.alt()));
            }
        }
        return figures;
    }

    /// The parts and pictures, and the pages read by now for all to see.
    private PartSink counting(Attempt attempt, PartKeeper parts, List<@Nullable Sha256> pictures) {
        return new PartSink() {
            @Override
            public void take(Part part, @Nullable Path content)
                    throws IOException, UnreadableDocument {
                parts.take(part, content);
            }

            @Override
            public void figure(Figure figure, Path content) throws IOException {
                pictures.add(parts.picture(content));
            }

            @Override
            public void read(int pages, int of) {
                store.read(attempt, pages, of);
            }
        };
    }

    /// The same for a version of which only the cut is new: the file is not parsed again.
    ///
    /// @param parsed what it is, without blocks
    /// @param kept what was understood of it
    /// @return whether readers find it
    public boolean cutAgain(
            Attempt attempt, ParsedDocument parsed, CleanDocument kept, BaseRules rules)
            throws UnreadableDocument, InterruptedException {
        List<StoredFigure> figures = store.figuresOfContent(attempt);
        return cut(attempt, parsed, kept, figures, rules, PartKeeper.NONE, new Laps(attempt));
    }

    private boolean cut(
            Attempt attempt,
            ParsedDocument parsed,
            CleanDocument understood,
            List<StoredFigure> figures,
            BaseRules rules,
            PartKeeper parts,
            Laps laps)
            throws UnreadableDocument, InterruptedException {
        var clean = Cleaner.under(rules.sensitiveData(), understood);
        laps.end(Stage.CLEAN);
        List<Chunk> chunks =
                parsed.isFolder()
                        ? List.of()
                        : chunker.chunk(clean, rules.chunks(), store.edits(attempt.document()));
        laps.end(Stage.CHUNK);
        if (chunks.isEmpty() && !parsed.isFolder()) {
            throw UnreadableDocument.because(Reason.NO_TEXT, "nothing is left after cleaning");
        }
        Likeness likeness = likenesses.of(clean);
        List<StoredFigure> shown =
                figures.stream()
                        .map(f -> f.with(Cleaner.under(rules.sensitiveData(), f.alt())))
                        .toList();
        store.begin(attempt, parsed, clean, tables.of(clean), likeness, shown, chunks.size());
        embedding.embed(chunks, rules.served(), embedded -> store.add(attempt, embedded));
        laps.end(Stage.EMBED);
        parts.keep();
        Failpoint.BEFORE_PUBLISH.pass();
        boolean live =
                store.publish(attempt, against(attempt, understood, likeness, rules.holds()));
        Failpoint.AFTER_PUBLISH.pass();
        laps.end(Stage.PUBLISH);
        return live;
    }

    /// Asked last, so that what became live meanwhile is compared too.
    private List<HoldReason> against(
            Attempt attempt, CleanDocument understood, Likeness likeness, HoldRules rules) {
        List<HoldReason> reasons = new ArrayList<>(rules.against(understood));
        if (rules.holdCopies()) {
            reasons.addAll(copies.of(attempt, likeness));
        }
        return reasons;
    }

    private final class Laps {

        private final Attempt attempt;
        private long since = System.nanoTime();

        private Laps(Attempt attempt) {
            this.attempt = attempt;
        }

        private void end(Stage stage) {
            long now = System.nanoTime();
            observer.passed(attempt, stage, Duration.ofNanos(now - since));
            since = now;
        }
    }
}
