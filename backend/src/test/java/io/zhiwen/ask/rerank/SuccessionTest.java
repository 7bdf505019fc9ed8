package io.zhiwen.ask.rerank;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.ingest.chunk.Chunk;
import io.zhiwen.ingest.chunk.Language;
import io.zhiwen.ingest.parse.Span;
import io.zhiwen.ingest.store.StoredChunk;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SuccessionTest {

    private static final KnowledgeBaseId BASE = KnowledgeBaseId.random();

    private final Map<DocumentId, Set<DocumentId>> known = new HashMap<>();
    private final Succession succession =
            new Succession(
                    there ->
                            known.entrySet().stream()
                                    .filter(one -> there.contains(one.getKey()))
                                    .collect(
                                            Collectors.toMap(
                                                    Map.Entry::getKey, Map.Entry::getValue)));

    @Test
    void theBestPassageOfTheNewDocumentGoesBeforeAllOfTheOldOne() {
        known.put(document(1), Set.of(document(2)));
        var found = of(passage(11, 1, 0.9), passage(12, 1, 0.8), passage(31, 3, 0.7));
        var newer = of(passage(21, 2, 0.6), passage(22, 2, 0.5));

        var ordered = succession.order(both(found, newer));

        assertThat(ids(ordered)).containsExactly(21L, 11L, 12L, 31L, 22L);
        assertThat(ordered.before().get(21L).id()).isEqualTo(11);
        assertThat(ordered.passages())
                .extracting(Passage::score)
                .isSortedAccordingTo((a, b) -> Double.compare(b, a));
        assertThat(ordered.passages().getFirst().relevance()).isEqualTo(0.6);
    }

    @Test
    void whatIsFirstAnywayStaysAndIsNoTwinOfAnother() {
        known.put(document(1), Set.of(document(2)));
        var found = of(passage(31, 3, 0.9), passage(21, 2, 0.8), passage(11, 1, 0.7));

        var ordered = succession.order(found);

        assertThat(ordered.before()).isEmpty();
        assertThat(ids(ordered)).containsExactly(31L, 21L, 11L);
        assertThat(Twins.last(ordered.passages(), ordered.firsts()))
                .extracting(one -> one.source().id())
                .containsExactly(31L, 21L, 11L);
        assertThat(Twins.last(ordered.passages(), Set.of()))
                .extracting(one -> one.source().id())
                .startsWith(31L);
    }

    @Test
    void theNewestOfSeveralComesFirst() {
        known.put(document(1), Set.of(document(2), document(3)));
        known.put(document(2), Set.of(document(3)));
        var found = of(passage(11, 1, 0.9), passage(21, 2, 0.8), passage(31, 3, 0.7));
        assertThat(ids(succession.order(found))).containsExactly(31L, 21L, 11L);
    }

    @Test
    void aNewDocumentThatSaysNothingOfItLeavesTheOldOneAlone() {
        known.put(document(1), Set.of(document(2)));
        var found = of(passage(11, 1, 0.9), passage(21, 2, 0.01));
        assertThat(ids(succession.order(found))).containsExactly(11L, 21L);
    }

    @Test
    void twoThatSupersedeEachOtherAreStillFound() {
        known.put(document(1), Set.of(document(2)));
        known.put(document(2), Set.of(document(1)));
        var found = of(passage(11, 1, 0.9), passage(21, 2, 0.8));
        assertThat(ids(succession.order(found))).containsExactlyInAnyOrder(11L, 21L);
    }

    private static List<Long> ids(Succession.Ordered ordered) {
        return ordered.passages().stream().map(one -> one.source().id()).toList();
    }

    private static List<Passage> of(Passage... passages) {
        return List.of(passages);
    }

    private static List<Passage> both(List<Passage> some, List<Passage> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    private static DocumentId document(int number) {
        return new DocumentId(new UUID(1, number));
    }

    private static Passage passage(long id, int document, double relevance) {
        var text = "Lockers are opened with a card.";
        var span = new Span(0, text.length());
        var chunk = new Chunk(0, text, List.of(), null, null, span, span, 9, Language.of(text));
        return new Passage(
                new StoredChunk(id, BASE, document(document), 1, document + ".txt", chunk),
                relevance,
                relevance);
    }
}
