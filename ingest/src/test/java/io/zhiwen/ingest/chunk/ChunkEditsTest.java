package io.zhiwen.ingest.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.ingest.parse.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChunkEditsTest {

    private final Chunk first = chunk(0, "Fifteen days.", new Span(0, 13));
    private final Chunk second = chunk(1, "Old and wrong.", new Span(15, 29));
    private final Chunk third = chunk(2, "Ask your manager.", new Span(31, 48));
    private final List<Chunk> cut = List.of(first, second, third);

    @Test
    void aPassageSaysWhatPeopleMadeOfItInItsPlace() {
        var applied = applied(edit(ChunkEdit.Kind.EDITED, "Old and wrong.", "现在是对的。", null));
        assertThat(applied)
                .extracting(Chunk::text)
                .containsExactly("Fifteen days.", "现在是对的。", "Ask your manager.");
        assertThat(applied.get(1).span()).isEqualTo(second.span());
        assertThat(applied.get(1).language()).isEqualTo(Language.ZH);
        assertThat(applied.get(1).tokens()).isEqualTo("现在是对的。".length());
    }

    @Test
    void whatWasChangedIsNotReadAroundItsNeighboursEither() {
        var applied = applied(edit(ChunkEdit.Kind.DISABLED, "Old and wrong.", "", null));
        assertThat(applied)
                .extracting(Chunk::text)
                .containsExactly("Fifteen days.", "Ask your manager.");
        assertThat(applied).extracting(Chunk::ordinal).containsExactly(0, 1);
        assertThat(applied.getFirst().section()).isEqualTo(new Span(0, 15));
        assertThat(applied.getLast().section()).isEqualTo(new Span(29, 48));
    }

    @Test
    void aPassageThatWasAddedHasThePlaceOfAnotherEvenWhenTheDocumentIsShorterNow() {
        var near = new ChunkEdit.Near(List.of("Leave"), 3, null, new Span(90, 99));
        var added = applied(edit(ChunkEdit.Kind.ADDED, "New.", "New.", near)).getLast();
        assertThat(added.text()).isEqualTo("New.");
        assertThat(added.ordinal()).isEqualTo(3);
        assertThat(added.page()).isEqualTo(3);
        assertThat(added.span()).isEqualTo(third.span());
    }

    @Test
    void aChangeOfATextThatIsCutNoMoreChangesNothing() {
        assertThat(applied(edit(ChunkEdit.Kind.EDITED, "Gone.", "Here.", null))).isEqualTo(cut);
        assertThat(ChunkEdits.NONE.applied(cut, (_, text) -> text.length())).isEqualTo(cut);
    }

    private List<Chunk> applied(ChunkEdit edit) {
        return new ChunkEdits(List.of(edit)).applied(cut, (_, text) -> text.length());
    }

    private static ChunkEdit edit(
            ChunkEdit.Kind kind, String original, String text, ChunkEdit.@Nullable Near near) {
        return new ChunkEdit(kind, original, text, near);
    }

    private static Chunk chunk(int ordinal, String text, Span span) {
        return new Chunk(
                ordinal, text, List.of(), null, null, span, new Span(0, 48), 3, Language.EN);
    }
}
