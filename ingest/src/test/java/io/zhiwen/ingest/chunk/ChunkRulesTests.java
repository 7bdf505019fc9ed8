package io.zhiwen.ingest.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhiwen.ingest.chunk.ChunkRules.Tables;
import io.zhiwen.ingest.chunk.ChunkRules.Way;
import io.zhiwen.ingest.clean.CleanDocument;
import io.zhiwen.ingest.parse.Block;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChunkRulesTests {

    /// A token is a word, or a character of Chinese.
    private static final Chunker CHUNKER =
            new Chunker(
                    ChunkSettings.defaults(),
                    (language, text) ->
                            language == Language.ZH
                                    ? text.length()
                                    : text.split("\\s+", -1).length);

    private static List<String> cut(ChunkRules rules, Block... blocks) {
        return CHUNKER.chunk(new CleanDocument(null, List.of(blocks)), rules).stream()
                .map(Chunk::text)
                .toList();
    }

    private static ChunkRules rules(Way way, Integer target, int overlap, Tables tables) {
        return new ChunkRules(way, target, overlap, 1, "===", tables);
    }

    private static String sentences(int from, int to) {
        return String.join(
                " ",
                IntStream.rangeClosed(from, to)
                        .mapToObj("Sentence %d has seven words in it."::formatted)
                        .toList());
    }

    @Test
    void aSmallerTargetMakesSmallerChunks() {
        var text = Block.paragraph(sentences(1, 40), null);
        assertThat(cut(ChunkRules.STANDARD, text)).hasSize(1);
        var chunks =
                CHUNKER.chunk(
                        new CleanDocument(null, List.of(text)),
                        rules(Way.STRUCTURE, 60, 0, Tables.PACKED));
        assertThat(chunks).hasSizeGreaterThan(3).allMatch(chunk -> chunk.tokens() <= 96);
    }

    @Test
    void anOverlapRepeatsWholeSentencesBeforeAndNoMoreThanAsked() {
        var text = Block.paragraph(sentences(1, 40), null);
        var chunks =
                CHUNKER.chunk(
                        new CleanDocument(null, List.of(text)),
                        rules(Way.STRUCTURE, 60, 15, Tables.PACKED));
        for (int i = 1; i < chunks.size(); i++) {
            Chunk before = chunks.get(i - 1);
            Chunk chunk = chunks.get(i);
            assertThat(chunk.text()).startsWith("Sentence");
            assertThat(before.text().endsWith(chunk.span().of(text.text()).substring(0, 20)))
                    .isFalse();
            int twice = before.span().end() - chunk.span().start();
            assertThat(twice).as("two sentences of seven words").isBetween(60, 80);
        }
    }

    @Test
    void aChunkForEachHeadingDownToALevel() {
        Block[] blocks = {
            Block.heading(1, "Leave", null),
            Block.paragraph("Ten days.", null),
            Block.heading(2, "Sick leave", null),
            Block.paragraph("With a note.", null),
            Block.heading(1, "Pay", null),
            Block.paragraph("On the tenth.", null)
        };
        assertThat(cut(rules(Way.HEADINGS, null, 0, Tables.PACKED), blocks))
                .containsExactly("Ten days.\n\nSick leave\n\nWith a note.", "On the tenth.");
    }

    @Test
    void aDelimiterPartsAndIsInNoChunk() {
        Block[] blocks = {
            Block.paragraph("One. === Two.", null),
            Block.paragraph("Still two.", null),
            Block.paragraph("===", null),
            Block.heading(1, "Three", null),
            Block.paragraph("Also three.", null)
        };
        assertThat(cut(rules(Way.DELIMITER, null, 0, Tables.PACKED), blocks))
                .extracting(String::strip)
                .containsExactly("One.", "Two.\n\nStill two.", "Three\n\nAlso three.");
        var without = Block.paragraph("Nothing parts this.", null);
        assertThat(cut(rules(Way.DELIMITER, null, 0, Tables.PACKED), without))
                .containsExactly("Nothing parts this.");
        var lines = new ChunkRules(Way.DELIMITER, null, 0, 1, "\\n\\n", Tables.PACKED);
        assertThat(cut(lines, Block.paragraph("a", null), Block.paragraph("b", null)))
                .containsExactly("a", "b");
    }

    @Test
    void oneRowAChunkBelowItsHeaderOrAsARecord() {
        var table =
                Block.table(
                        List.of(
                                List.of("Question", "Answer"),
                                List.of("How many days?", "Ten."),
                                List.of("When is payday?", "")),
                        1,
                        null,
                        "FAQ");
        assertThat(cut(rules(Way.STRUCTURE, null, 0, Tables.ROWS), table))
                .containsExactly(
                        "Question | Answer\nHow many days? | Ten.",
                        "Question | Answer\nWhen is payday? | ");
        assertThat(cut(rules(Way.STRUCTURE, null, 0, Tables.RECORDS), table))
                .containsExactly(
                        "Question: How many days?\nAnswer: Ten.", "Question: When is payday?");
    }

    @Test
    void rulesThatMakeNoSenseAreRefused() {
        for (Runnable wrong :
                List.<Runnable>of(
                        () -> rules(Way.STRUCTURE, 5, 0, Tables.PACKED),
                        () -> rules(Way.STRUCTURE, 481, 0, Tables.PACKED),
                        () -> rules(Way.STRUCTURE, null, 201, Tables.PACKED),
                        () -> new ChunkRules(Way.DELIMITER, null, 0, 1, "", Tables.PACKED))) {
            assertThatThrownBy(wrong::run).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
