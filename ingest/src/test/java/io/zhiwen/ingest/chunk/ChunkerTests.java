package io.zhiwen.ingest.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.ingest.clean.CleanDocument;
import io.zhiwen.ingest.parse.Block;
import io.zhiwen.ingest.parse.Span;
import io.zhiwen.ingest.parse.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ChunkerTests {

    private static final Chunker CHUNKER =
            new Chunker(ChunkSettings.defaults(), (_, text) -> Tokens.count(text));

    private static CleanDocument document(Block... blocks) {
        return new CleanDocument(null, List.of(blocks));
    }

    private static Block heading(int level, String text) {
        return Block.heading(level, text, null);
    }

    private static Block paragraph(String text) {
        return Block.paragraph(text, null);
    }

    @Test
    void smallNeighboursShareAChunkButSectionsDoNot() {
        var chunks =
                CHUNKER.chunk(
                        document(
                                heading(1, "Leave"),
                                paragraph("Ten days a year. ".repeat(8)),
                                paragraph("Five more after ten years. ".repeat(8)),
                                heading(1, "Pay"),
                                paragraph("On the last day of the month. ".repeat(8))));
        assertThat(chunks).hasSize(2);
        assertThat(chunks.getFirst().headingPath()).containsExactly("Leave");
        assertThat(chunks.getFirst().text()).contains("Ten days").contains("Five more");
        assertThat(chunks.getLast().headingPath()).containsExactly("Pay");
    }

    @Test
    void aLongParagraphIsCutAtSentenceEndsInBothLanguages() {
        var chunks =
                CHUNKER.chunk(
                        document(
                                paragraph("经营者应当保证其提供的商品符合保障人身安全的要求。".repeat(60)),
                                paragraph(
                                        "The operator shall make sure that goods are safe. "
                                                .repeat(90)
                                                .strip())));
        assertThat(chunks).hasSizeGreaterThan(6);
        assertThat(chunks)
                .allSatisfy(
                        chunk -> {
                            assertThat(chunk.text()).matches("(?s)[经T].*[。.]");
                            assertThat(chunk.tokens()).isLessThanOrEqualTo(480);
                        });
        assertThat(chunks.getFirst().language()).isEqualTo(Language.ZH);
        assertThat(chunks.getLast().language()).isEqualTo(Language.EN);
    }

    @Test
    void articlesOfALawStayWhole() {
        List<Block> blocks = new ArrayList<>();
        blocks.add(heading(1, "第二章 合同"));
        for (int i = 11; i < 31; i++) {
            String text = "劳动合同期限三个月以上不满一年的，试用期不得超过一个月。".repeat(2 + i % 3);
            blocks.add(paragraph("第" + i + "条　" + text));
            blocks.add(paragraph("（一）" + "只能约定一次试用期。".repeat(1 + i % 2)));
        }
        var document = document(blocks.toArray(Block[]::new));
        assertThat(CHUNKER.chunk(document))
                .hasSizeGreaterThan(4)
                .allSatisfy(chunk -> assertThat(chunk.text()).startsWith("第").doesNotEndWith("第"));
    }

    @Test
    void everyPartOfATableRepeatsItsHeader() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("城市", "一月", "二月"));
        for (int i = 0; i < 120; i++) {
            rows.add(List.of("城市" + i, "3104.66749527" + i, "88"));
        }
        var document = document(Block.table(rows, 1, null, "Sheet1"));
        var chunks = CHUNKER.chunk(document);
        assertThat(chunks).hasSizeGreaterThan(3);
        for (Chunk chunk : chunks) {
            assertThat(chunk.text()).startsWith("城市 | 一月 | 二月\n");
            assertThat(chunk.sheet()).isEqualTo("Sheet1");
            assertThat(chunk.text()).endsWith(chunk.span().of(document.text()));
            assertThat(chunk.tokens()).isLessThanOrEqualTo(480);
        }
    }

    @Test
    void aListStaysWithTheLineThatAnnouncesIt() {
        List<Block> blocks = new ArrayList<>();
        blocks.add(paragraph("Some words before it all. ".repeat(36).strip()));
        blocks.add(paragraph("Symptoms to report:"));
        for (String item : List.of("fever", "cough", "rash", "sore throat")) {
            blocks.add(Block.listItem(1, (item + " ").repeat(12).strip(), null));
        }
        var chunks = CHUNKER.chunk(document(blocks.toArray(Block[]::new)));
        assertThat(chunks.getLast().text()).startsWith("Symptoms").contains("sore throat");
    }

    @Test
    void whatStandsOnTheCoverNamesEveryPassageAndANumberedChapterDoesNot() {
        var chunks =
                CHUNKER.chunk(
                        document(
                                heading(1, "Northern Pumps"),
                                heading(2, "2024年第一季度报告"),
                                heading(2, "第一节 重要提示"),
                                heading(2, "第二节 股东"),
                                paragraph("Number of shareholders: 79,053."),
                                heading(2, "第三节 其他"),
                                paragraph("Nothing else happened.")));
        assertThat(chunks)
                .allSatisfy(
                        chunk ->
                                assertThat(chunk.headingPath())
                                        .startsWith("Northern Pumps", "2024年第一季度报告")
                                        .doesNotContain("第一节 重要提示"));
    }

    @Test
    void aBareHeadingIsNotLostAndAnOverlongOneIsText() {
        String overlong = "An overlong heading that goes on and on. ".repeat(5).strip();
        var chunks =
                CHUNKER.chunk(
                        document(
                                heading(1, "Part one"),
                                heading(2, "Chapter"),
                                paragraph("Words."),
                                heading(1, "The end"),
                                heading(1, overlong)));
        assertThat(chunks.getFirst().headingPath()).containsExactly("Part one", "Chapter");
        assertThat(chunks)
                .extracting(Chunk::text)
                .anyMatch(text -> text.contains("An overlong heading"));
        assertThat(chunks)
                .anyMatch(c -> c.text().contains("The end") || c.headingPath().contains("The end"));
    }

    @Test
    void tinySectionsOfOnePageAreFoundTogether() {
        var chunks =
                CHUNKER.chunk(
                        document(
                                heading(1, "Contacts"),
                                heading(2, "Head office"),
                                paragraph("Tel. 1"),
                                heading(2, "Branch"),
                                paragraph("Tel. 2")));
        assertThat(chunks).hasSize(1);
        assertThat(chunks.getFirst().headingPath()).containsExactly("Contacts");
        assertThat(chunks.getFirst().text()).isEqualTo("Head office\n\nTel. 1\n\nBranch\n\nTel. 2");
    }

    @Test
    void nothingIsLostInAnyDocument() {
        Random random = new Random(11);
        for (int round = 0; round < 120; round++) {
            List<Block> blocks = new ArrayList<>();
            for (int i = 1 + random.nextInt(30); i > 0; i--) {
                blocks.add(anyBlock(random));
            }
            var document = new CleanDocument(null, blocks);
            check(document, CHUNKER.chunk(document));
        }
    }

    private static Block anyBlock(Random random) {
        return switch (random.nextInt(8)) {
            case 0, 1 -> heading(1 + random.nextInt(4), words(random, 1 + random.nextInt(6)));
            case 2 ->
                    Block.listItem(1, words(random, 1 + random.nextInt(40)), 1 + random.nextInt(3));
            case 3 -> Block.code(words(random, 300).replace(". ", ";\n"), null);
            case 4 -> {
                List<List<String>> rows = new ArrayList<>();
                for (int r = 1 + random.nextInt(40); r > 0; r--) {
                    rows.add(List.of(words(random, 3), words(random, 1 + random.nextInt(30))));
                }
                yield Block.table(rows, random.nextInt(2), null, null);
            }
            case 5 -> paragraph("長".repeat(1 + random.nextInt(3000)));
            case 6 -> paragraph("x".repeat(1 + random.nextInt(9000)));
            default -> paragraph(words(random, 1 + random.nextInt(600)));
        };
    }

    private static String words(Random random, int count) {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < count; i++) {
            words.append(random.nextBoolean() ? "报告，" : "word" + random.nextInt(100) + " ");
            words.append(random.nextInt(9) == 0 ? "end. " : "");
        }
        return words.append("!").toString();
    }

    private static void check(CleanDocument document, List<Chunk> chunks) {
        String text = document.text();
        boolean[] held = new boolean[text.length()];
        int behind = 0;
        for (int i = 0; i < chunks.size(); i++) {
            Chunk chunk = chunks.get(i);
            assertThat(chunk.ordinal()).isEqualTo(i);
            assertThat(chunk.span().start()).isGreaterThanOrEqualTo(behind);
            behind = chunk.span().end();
            assertThat(chunk.text()).endsWith(chunk.span().of(text));
            assertThat(chunk.tokens()).isBetween(1, 480);
            assertThat(chunk.tokens()).isGreaterThanOrEqualTo(Tokens.count(chunk.text()) - 60);
            assertThat(Tokens.count(chunk.section().of(text))).isLessThanOrEqualTo(1600);
            for (int at = chunk.span().start(); at < chunk.span().end(); at++) {
                held[at] = true;
            }
        }
        List<Span> spans = document.spans();
        for (int b = 0; b < spans.size(); b++) {
            Block block = document.blocks().get(b);
            boolean inPath =
                    block.kind() == Block.Kind.HEADING
                            && chunks.stream()
                                    .anyMatch(c -> c.headingPath().contains(block.text()));
            for (int at = spans.get(b).start(); at < spans.get(b).end() && !inPath; at++) {
                boolean lost = !held[at] && !Character.isWhitespace(text.charAt(at));
                assertThat(lost).as("'%s' of %s", text.charAt(at), block).isFalse();
            }
        }
    }

    @Test
    void fiveMegabytesTakeSecondsAndAreCountedAboutOnce() {
        Random random = new Random(3);
        List<Block> blocks = new ArrayList<>();
        int length = 0;
        while (length < 5_000_000) {
            String text = words(random, 20 + random.nextInt(400));
            blocks.add(random.nextInt(10) == 0 ? heading(2, words(random, 3)) : paragraph(text));
            length += text.length();
        }
        blocks.add(paragraph("y".repeat(400_000)));
        AtomicLong counted = new AtomicLong();
        Chunker counting =
                new Chunker(
                        ChunkSettings.defaults(),
                        (_, text) -> {
                            counted.addAndGet(text.length());
                            return Tokens.count(text);
                        });
        long start = System.nanoTime();
        assertThat(counting.chunk(new CleanDocument(null, blocks))).hasSizeGreaterThan(3000);
        assertThat(System.nanoTime() - start).isLessThan(60_000_000_000L);
        assertThat(counted.get()).isLessThan(4L * length);
    }

    @Test
    void clausesOfAManualStayWhole() {
        List<Block> blocks = new ArrayList<>();
        for (int i = 1; i < 20; i++) {
            blocks.add(paragraph("3.2." + i + " 检修周期 " + "泵应当每年检修两次并且记录。".repeat(2 + i % 3)));
            blocks.add(paragraph("记录保存三年。"));
        }
        assertThat(CHUNKER.chunk(document(blocks.toArray(Block[]::new))))
                .hasSizeGreaterThan(2)
                .allSatisfy(
                        chunk -> {
                            assertThat(chunk.text()).startsWith("3.2.");
                            assertThat(chunk.text()).endsWith("记录保存三年。");
                        });
    }

    @Test
    void eachTopicOfANestedListStaysWithWhatIsBelowIt() {
        List<Block> blocks = new ArrayList<>(List.of(heading(1, "技术规格")));
        for (int i = 0; i < 12; i++) {
            blocks.add(Block.listItem(1, "部件" + i, null));
            for (int k = 0; k < 4; k++) {
                blocks.add(Block.listItem(2, "尺寸" + i + "之" + k + "：大约五点九厘米", null));
            }
        }
        var chunks = CHUNKER.chunk(document(blocks.toArray(Block[]::new)));
        assertThat(chunks).hasSizeBetween(6, 12);
        assertThat(chunks)
                .allSatisfy(
                        chunk -> {
                            assertThat(chunk.text()).startsWith("部件");
                            assertThat(chunk.text()).contains("之3");
                        });
    }
}
