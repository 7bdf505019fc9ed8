package io.zhiwen.ask.rerank;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.ingest.chunk.Chunk;
import io.zhiwen.ingest.chunk.Language;
import io.zhiwen.ingest.likeness.Likeness;
import io.zhiwen.ingest.parse.Span;
import io.zhiwen.ingest.store.NearDuplicates.Compared;
import io.zhiwen.ingest.store.StoredChunk;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FoldingTest {

    private static final KnowledgeBaseId BASE = KnowledgeBaseId.random();
    private static final String LEAVE = "Every employee has 15 days of annual leave.";

    private final Map<DocumentId, Compared> known = new HashMap<>();
    private final Folding folding = new Folding(_ -> known, 0.85);

    @Test
    void theNewestOfNearDuplicatesStandsForTheOthersInThePlaceOfTheBest() {
        var oldest = chunk(1, "rules.txt", LEAVE, 1, "a");
        var other = chunk(2, "canteen.txt", "Soup on Fridays.", 5, "b");
        var newest = chunk(3, "rules.txt", "Every employee has 15 days of annual leave!", 3, "a");
        var middle = chunk(4, "rules.txt", LEAVE, 2, "a");

        var folded = folding.fold("annual leave?", List.of(oldest, other, newest, middle));

        assertThat(folded.kept()).containsExactly(newest, other);
        assertThat(folded.folded()).containsOnlyKeys(3L);
        assertThat(folded.folded().get(3L)).containsExactly(middle, oldest);
    }

    @Test
    void oneThatSomebodyReplacedByAnotherIsNotTheNewest() {
        var replaced = chunk(1, "rules.txt", LEAVE, 9, "a", true);
        var successor = chunk(2, "rules.txt", LEAVE, 3, "a");
        assertThat(folding.fold("leave", List.of(replaced, successor)).kept())
                .containsExactly(successor);
    }

    @Test
    void anotherFigureOrWordIsSomethingElse() {
        var fifteen = chunk(1, "rules.txt", LEAVE, 1, "a");
        var ten = chunk(2, "rules.txt", "Every employee has 10 days of annual leave.", 2, "a");
        var not = chunk(3, "rules.txt", "Not every employee has 15 days of annual leave.", 3, "a");
        var all = List.of(fifteen, ten, not);
        assertThat(folding.fold("annual leave", all).kept()).isEqualTo(all);
    }

    @Test
    void whatTwoDocumentsSayInTheSameWordsIsSaidOfTwoThings() {
        var travel = chunk(1, "差旅制度.docx", "本制度自2026年1月1日起施行。", 1, "a");
        var leave = chunk(2, "请假制度.docx", "本制度自2026年1月1日起施行。", 2, "b");
        assertThat(folding.fold("制度何时施行", List.of(travel, leave)).kept())
                .containsExactly(travel, leave);
    }

    @Test
    void aQuestionThatNamesOneOfThemMeansThatOne() {
        var beijing = chunk(1, "北京办事处.docx", "每人每年可以报销两次。", 9, "a");
        var shanghai = chunk(2, "上海办事处.docx", "每人每年可以报销两次。", 1, "a");
        assertThat(folding.fold("上海的办事处每年报销几次", List.of(beijing, shanghai)).kept())
                .containsExactly(beijing, shanghai);
        assertThat(folding.fold("办事处每年报销几次", List.of(shanghai, beijing)).kept())
                .containsExactly(beijing);
    }

    @Test
    void whatIsSaidTwiceInOneDocumentIsLeft() {
        var once = chunk(1, "rules.txt", LEAVE, 1, "a");
        var again = new StoredChunk(2, BASE, once.document(), 1, "rules.txt", once.chunk());
        assertThat(folding.fold("leave", List.of(once, again)).kept()).containsExactly(once, again);
    }

    @Test
    void whatIsNotComparedIsNotFolded() {
        var one = chunk(1, "rules.txt", LEAVE, 1, "a");
        var other = chunk(2, "rules.txt", LEAVE, 2, "a");
        assertThat(Folding.NONE.fold("leave", List.of(one, other)).kept())
                .containsExactly(one, other);
    }

    private StoredChunk chunk(long id, String name, String text, int day, String kind) {
        return chunk(id, name, text, day, kind, false);
    }

    /// @param kind documents of one kind are near-duplicates
    private StoredChunk chunk(
            long id, String name, String text, int day, String kind, boolean superseded) {
        var document = new DocumentId(new UUID(1, id));
        int[] least = new int[Likeness.HASHES];
        Arrays.fill(least, kind.hashCode());
        known.put(
                document,
                new Compared(
                        document,
                        BASE,
                        new Likeness(least),
                        superseded,
                        Instant.ofEpochSecond(day)));
        var span = new Span(0, text.length());
        var chunk = new Chunk(0, text, List.of(), null, null, span, span, 9, Language.of(text));
        return new StoredChunk(id, BASE, document, 1, name, chunk);
    }
}
