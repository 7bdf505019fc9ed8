package io.zhiwen.ingest.index.lucene;

import static io.zhiwen.ingest.index.lucene.Texts.document;
import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.ingest.index.KeywordHits;
import io.zhiwen.ingest.index.Rendering;
import io.zhiwen.ingest.index.ScoredChunk;
import io.zhiwen.ingest.store.IndexedDocument;
import io.zhiwen.ingest.store.Reach;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Questions that mean the same must find the same passage first.
class KeywordSearchTest {

    private static final KnowledgeBaseId BASE = KnowledgeBaseId.random();

    private static LuceneIndex index;

    @TempDir static Path folder;

    @BeforeAll
    static void fill() {
        index = LuceneIndex.open(folder);
        index.apply(
                List.of(
                        document(1, BASE, "员工入职满一年后享有五天带薪年假，年假天数按工龄计算。"),
                        document(2, BASE, "網路資訊安全等級保護的基本要求見 GB/T 22239-2019。"),
                        document(3, BASE, "GB/T 22240-2020 规定了定级指南。"),
                        document(4, BASE, "The Reranker bge-reranker-v2-m3 reorders candidates."),
                        document(5, BASE, "Travel expenses are reimbursed within thirty days."),
                        document(6, BASE, "Printer ABC 1234 X needs the toner TN-247BK."),
                        document(7, BASE, "To be or not to be, that is the question."),
                        document(8, BASE, "本公司的年度报告披露了营业收入和利润。"),
                        document(
                                9,
                                BASE,
                                "Kündigungsfrist handbook.pdf",
                                List.of("Notice period"),
                                "It is three months.",
                                Texts.SPACE,
                                new float[] {1, 0, 0, 0}),
                        document(10, BASE, "第十二条　劳动合同分为固定期限和无固定期限。"),
                        document(11, BASE, "第十一条　约定不明确的，按照集体合同规定的标准执行。")),
                1);
    }

    @AfterAll
    static void close() {
        index.close();
    }

    @ParameterizedTest(name = "{0} finds {1}")
    @CsvSource({
        "年假天数, 1",
        "年假天數, 1",
        "員工年假, 1",
        "年假, 1",
        "网络信息安全等级保护, 2",
        "網路安全等級保護, 2",
        "GB/T 22239-2019, 2",
        "GB/T22239-2019, 2",
        "gbt 22239, 2",
        "ＧＢ／Ｔ　２２２３９－２０１９, 2",
        "GB/T 22239—2019 的要求是什么, 2",
        "22239-2019, 2",
        "GB/T 22240, 3",
        "bge-reranker-v2-m3, 4",
        "BGE reranker v2 m3, 4",
        "bge_reranker_v2_m3, 4",
        "bgererankerv2m3, 4",
        "ｒｅｒａｎｋｅｒ, 4",
        "RERANKER CANDIDATE, 4",
        "reimbursing travel expense, 5",
        "ABC-1234-X, 6",
        "abc1234x, 6",
        "TN247BK, 6",
        "tn 247bk, 6",
        "to be or not to be, 7",
        "营业收入多少, 8",
        "營業收入, 8",
        "kundigungsfrist, 9",
        "What is the notice period?, 9",
        "第12条, 10",
        "第十二條講了什麼, 10",
        "article 12, 10",
        "第 11 条, 11"
    })
    void oneQuestionOnePassageHoweverItIsSpelt(String question, long expected) {
        assertThat(first(question)).isEqualTo(expected);
    }

    @Test
    void aQuestionIsWordsAndNeverASyntax() {
        assertThat(first("travel AND (expenses OR body_en:printer* \"thirty")).isEqualTo(5);
        assertThat(first("+travel -expenses ~ ^ \\ [a TO z] {")).isEqualTo(5);
    }

    @Test
    void aQuestionWithoutWordsFindsNothingAndDoesNotFail() {
        for (String empty : List.of("", "   ", "🙂🎉", "？！。", "***")) {
            assertThat(index.search(empty, Reach.of(BASE), 10).chunks()).as(empty).isEmpty();
        }
    }

    @Test
    void aPastedPageIsSearchedByItsFirstPart() {
        String page = "Travel expenses are reimbursed. " + "年假天数按工龄计算。".repeat(500);

        assertThat(first(page)).isIn(1L, 5L);
        assertThat(first(page + "🙂".repeat(3_000))).isIn(1L, 5L);
        assertThat(first("🙂".repeat(1_000) + "expenses")).isZero();
    }

    @Test
    void noPassageScoresAboveTheCeilingOfItsBodyAndOneThatSaysAllComesNear() {
        String question = "travel expenses reimbursed thirty days";

        assertThat(share(question)).isBetween(0.4, 1.0);
        assertThat(share("travel to the moon by rocket")).isLessThan(0.4);
    }

    private static long first(String question) {
        List<ScoredChunk> found = index.search(question, Reach.of(BASE), 10).chunks();
        return found.isEmpty() ? 0 : found.getFirst().chunk();
    }

    private static double share(String question) {
        KeywordHits found = index.search(question, Reach.of(BASE), 1);
        return found.chunks().getFirst().score() / found.ceiling();
    }

    @Test
    void aTypoIsCorrectedForWhoeverMayNotReadTheBaseThatMakesItToo(@TempDir Path other) {
        KnowledgeBaseId hidden = KnowledgeBaseId.random();
        try (LuceneIndex both = LuceneIndex.open(other)) {
            both.apply(
                    List.of(
                            document(1, BASE, "Travel expenses are reimbursed by the bank."),
                            document(2, hidden, "Here travle is misspelt, and so is travlee."),
                            document(3, hidden, "The banc and the barc and the bard."),
                            document(4, hidden, "The barc, the banc, the bard and the bansc.")),
                    1);

            assertThat(both.search("travle", Reach.of(BASE), 5).chunks())
                    .extracting(ScoredChunk::chunk)
                    .containsExactly(1L);
            assertThat(both.search("baxk", Reach.of(BASE), 5).chunks())
                    .extracting(ScoredChunk::chunk)
                    .containsExactly(1L);
            assertThat(both.search("travle", Reach.of(BASE, hidden), 5).chunks())
                    .extracting(ScoredChunk::chunk)
                    .containsExactly(2L);
            both.apply(List.of(new IndexedDocument(Texts.id(2), List.of())), 2);
            assertThat(both.search("travle", Reach.of(BASE, hidden), 5).chunks())
                    .extracting(ScoredChunk::chunk)
                    .containsExactly(1L);
        }
    }

    @Test
    void aWordSaidInSeveralWaysIsFoundInAnyOfThem() {
        Rendering expenses =
                new Rendering(
                        "",
                        List.of(
                                word("报销", "apply for reimbursement", "reimburse", "write off"),
                                word("差旅费", "travel expenses")));

        KeywordHits found = index.search(expenses, Reach.of(BASE), 5);

        assertThat(found.chunks().getFirst().chunk()).isEqualTo(5);
        assertThat(found.chunks().getFirst().score()).isBetween(0.0, found.ceiling());
        assertThat(index.search(expenses, Reach.of(KnowledgeBaseId.random()), 5).chunks())
                .isEmpty();
        assertThat(index.search(new Rendering("", List.of()), Reach.of(BASE), 5))
                .isEqualTo(KeywordHits.NONE);
    }

    @Test
    void anEnglishWordSaidInChineseIsFoundByItsCharacters() {
        Rendering leave =
                new Rendering("", List.of(word("leave", "离去", "年假"), word("employee", "员工")));

        assertThat(index.search(leave, Reach.of(BASE), 5).chunks().getFirst().chunk()).isEqualTo(1);
    }

    @Test
    void whatIsKeptCountsAsItStands() {
        Rendering code = new Rendering("GB/T 22240", List.of(word("guide", "指南")));

        assertThat(index.search(code, Reach.of(BASE), 5).chunks().getFirst().chunk()).isEqualTo(3);
    }

    @Test
    void whatAWordMeansShowsInTheCompanyItKeeps() {
        Rendering printer =
                new Rendering("", List.of(word("碳粉", "question", "toner"), word("打印机", "printer")));

        Rendering understood = index.inContext(printer, Reach.of(BASE));

        assertThat(understood.words().getFirst().ways()).containsExactly("toner", "question");
        assertThat(index.inContext(printer, Reach.of())).isEqualTo(printer);
    }

    private static Rendering.Word word(String asked, String... ways) {
        return new Rendering.Word(asked, List.of(ways));
    }
}
