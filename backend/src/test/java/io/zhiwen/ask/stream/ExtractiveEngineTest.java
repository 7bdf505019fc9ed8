package io.zhiwen.ask.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.ask.question.Tongue;
import io.zhiwen.ask.rerank.Passage;
import io.zhiwen.ask.rerank.PassageTokens;
import io.zhiwen.ingest.chunk.Chunk;
import io.zhiwen.ingest.chunk.Language;
import io.zhiwen.ingest.embed.BundledEncoders;
import io.zhiwen.ingest.embed.Encoders;
import io.zhiwen.ingest.parse.Span;
import io.zhiwen.ingest.store.StoredChunk;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ExtractiveEngineTest {

    private static final DocumentId HANDBOOK = DocumentId.random();
    private static final AtomicLong NEXT = new AtomicLong();
    private static Encoders encoders;
    private static ExtractiveEngine engine;

    @BeforeAll
    static void open() {
        encoders = BundledEncoders.open();
        engine = new ExtractiveEngine(encoders, new PassageTokens(PassageTokens.Kept.NOTHING, 0));
    }

    @AfterAll
    static void close() {
        encoders.close();
    }

    @Test
    void answersAnEnglishQuestionWithTheSentenceAndItsCitation() {
        ExtractiveAnswer answer =
                ask(
                        "How many days of annual leave do new employees get?",
                        "The canteen opens at eight. New employees get 15 days of annual leave a"
                                + " year. Smoking is not allowed in the building.");
        assertThat(answer.refused()).isFalse();
        assertThat(answer.text())
                .contains("New employees get **15 days** of annual leave a year.[1]")
                .doesNotContain("Smoking");
        assertThat(answer.passages()).containsExactly(1);
    }

    @Test
    void answersAChineseQuestionFromTraditionalText() {
        ExtractiveAnswer answer = ask("新员工每年有几天年假？", "食堂八點開門。新員工每年有15天年假。大樓內禁止吸煙。");
        assertThat(answer.text()).startsWith("新員工每年有**15天**年假。[1]");
    }

    @Test
    void aNumberInChineseCharactersIsTheAnswerToo() {
        assertThat(ask("出差每天的餐补是多少？", "出差每天餐补一百二十元。").text()).isEqualTo("出差每天餐补**一百二十元**。[1]");
        assertThat(ask("会议室多少人能用？", "每个会议室能坐十二人。").text()).contains("**十二人**");
        assertThat(ask("补贴是多少？", "补贴每人一次，一次一百元或二百元。").text()).doesNotContain("**");
    }

    @Test
    void saysInTheLanguageOfTheQuestionThatNothingAnswers() {
        assertThat(engine.answer("新员工有几天年假？", Tongue.SIMPLIFIED, List.of()).text())
                .contains("没有找到");
        ExtractiveAnswer answer = engine.answer("How many days?", Tongue.ENGLISH, List.of());
        assertThat(answer.refused()).isTrue();
        assertThat(answer.text()).contains("do not hold an answer");
        assertThat(answer.passages()).isEmpty();
    }

    @Test
    void refusesWhenNothingInThePassagesCanAnswer() {
        ExtractiveAnswer answer =
                ask("Who won the chess championship in 1972?", "Who won it in 1971?");
        assertThat(answer.refused()).isTrue();
        assertThat(answer.passages()).containsExactly(1);
    }

    @Test
    void aParagraphThatEndsInAColonIsReadSentenceBySentence() {
        ExtractiveAnswer answer =
                ask(
                        "When was the clinic founded?",
                        "The clinic was founded in 1896. Many schools followed. These are:\n"
                                + "- behaviour\n- analysis");
        assertThat(answer.sentences()).startsWith("The clinic was founded in 1896.");
        assertThat(ask("现今应用的流派有哪些？", "现今应用的流派计有：").refused()).isFalse();
    }

    @Test
    void aSentenceIsReadTogetherWithTheOneItRefersTo() {
        ExtractiveAnswer answer =
                ask(
                        "In which year did Maria Keller die?",
                        "Maria Keller painted churches. She died in 1874. Anton Huber died in"
                                + " 1902.");
        assertThat(answer.sentences().getFirst()).isEqualTo("She died in 1874.");
    }

    @Test
    void showsTheMatchingRowUnderItsHeader() {
        ExtractiveAnswer answer =
                ask(
                        "What does the pump P-200 cost?",
                        "Model | Price | Stock\nP-100 | 80 | 4\nP-200 | 120 | 9\nX-7 | 15 | 0");
        assertThat(answer.text()).contains("| Model | Price | Stock |\n| --- | --- | --- |");
        assertThat(answer.text()).contains("| P-200 | 120 | 9[1] |").doesNotContain("X-7");
    }

    @Test
    void aRowOfTheYearAskedForStandsWithoutTheOtherYears() {
        String table = "Year | Revenue\n2021 | 168\n2022 | 198\n2023 | 212\n2024 | 245";
        assertThat(ask("What was the revenue in 2023?", table).text())
                .contains("| 2023 | 212[1] |")
                .doesNotContain("2021", "2022", "2024");
        assertThat(ask("How did revenue grow from 2022 to 2024?", table).text())
                .contains("| 2022 | 198[1] |", "| 2024 | 245[1] |")
                .doesNotContain("2021");
        assertThat(ask("What was the revenue of each year?", table).text())
                .contains("2021", "2022", "2023", "2024");
    }

    @Test
    void anArticleBeginsAParagraphOfItsOwn() {
        Span all = new Span(0, 10);
        Unit one = new Unit(Unit.Kind.SENTENCE, all, "不得约定试用期。", null);
        Unit two = new Unit(Unit.Kind.SENTENCE, all, "第二十条 试用期的工资不得低于百分之八十。", null);
        Candidate before = new Candidate(1, 0, one, "", Set.of(), "", 2, null);
        Candidate article = new Candidate(1, 1, two, "", Set.of(), "", 1, null);
        assertThat(ExtractiveText.of(List.of(before, article)))
                .isEqualTo("不得约定试用期。[1]\n\n第二十条 试用期的工资不得低于百分之八十。[1]");
    }

    @Test
    void aTableAnswersAloneWithoutWhatStandsAroundIt() {
        ExtractiveAnswer answer =
                ask(
                        "What does the pump P-200 cost?",
                        "A pump moves water from one place to another.\nPrices\n"
                                + "Model | Price\nP-100 | 80\nP-200 | 120\nX-7 | 15");
        assertThat(answer.text())
                .startsWith("| Model | Price |\n| --- | --- |")
                .contains("| P-200 | 120[1] |")
                .doesNotContain("Prices", "water");
    }

    @Test
    void neverShowsAHeadingOrAQuestionAlone() {
        ExtractiveAnswer answer =
                ask(
                        "How is annual leave requested?",
                        "How is annual leave requested?\nAnnual leave\nLeave is requested in the"
                                + " portal two weeks before it begins.");
        assertThat(answer.text())
                .isEqualTo("Leave is requested in the portal two weeks before it begins.[1]");
    }

    @Test
    void showsTheItemsOfAListUnderTheirLeadIn() {
        ExtractiveAnswer answer =
                ask(
                        "What must a reimbursement claim have attached?",
                        "Claims are paid on Fridays.\nA reimbursement claim must have attached:\n"
                                + "- the invoice\n- the approval\nThe canteen opens at eight.");
        assertThat(answer.text())
                .contains(
                        "A reimbursement claim must have attached:\n\n- the invoice[1]\n- the"
                                + " approval[1]");
    }

    @Test
    void aShortLineWithAFigureIsNoHeading() {
        ExtractiveAnswer answer =
                ask(
                        "What is the support phone number?",
                        "Support phone: 555 0100\nWe are happy to help you every day.");
        assertThat(answer.text()).startsWith("Support phone: 555 0100[1]");
    }

    @Test
    void saysTheSameOnlyOnce() {
        String text = "New employees get 15 days of annual leave a year.";
        ExtractiveAnswer answer =
                engine.answer(
                        "How many days of annual leave do new employees get?",
                        Tongue.ENGLISH,
                        List.of(passage(text, 0, 0.9), passage(text, 1, 0.9)));
        assertThat(answer.text())
                .isEqualTo("New employees get **15 days** of annual leave a year.[1]");
    }

    @Test
    void keepsTheOrderOfTheDocument() {
        String text =
                "Annual leave is 15 days a year for employees. Ask the front desk for keys. After"
                        + " ten years annual leave of employees is 20 days a year.";
        ExtractiveAnswer answer =
                ask("How many days of annual leave a year do employees get?", text);
        assertThat(answer.text()).contains("15 days").contains("20 days");
        assertThat(answer.text().indexOf("15 days")).isLessThan(answer.text().indexOf("20 days"));
    }

    @Test
    void showsMarkdownOfDocumentsLiterally() {
        assertThat(ExtractiveText.escape("a *b* [1] <img src=x> `c` | d"))
                .isEqualTo("a \\*b\\* \\[1\\] \\<img src=x> \\`c\\` \\| d");
        assertThat(ExtractiveText.escape("3104.6674 costs $5 & more! a_b"))
                .isEqualTo("3104.6674 costs $5 & more! a_b");
        assertThat(ExtractiveText.escape("1. not a list")).isEqualTo("1\\. not a list");
        assertThat(ExtractiveText.escape("- not a list")).isEqualTo("\\- not a list");
    }

    @Test
    void cutsAVeryLongSentenceAtAClause() {
        String clause = "the committee met in the large hall and talked for hours, ";
        String cut = ExtractiveText.trim(clause.repeat(20));
        assertThat(cut).hasSizeLessThanOrEqualTo(701).endsWith("for hours…");
        assertThat(ExtractiveText.trim("short.")).isEqualTo("short.");
    }

    @Test
    void knowsWhatAQuestionAsksFor() {
        assertThat(AnswerType.of("when was the bridge built?")).isEqualTo(AnswerType.TIME);
        assertThat(AnswerType.of("大桥是哪一年建成的？")).isEqualTo(AnswerType.TIME);
        assertThat(AnswerType.of("年假有几天？")).isEqualTo(AnswerType.NUMBER);
        assertThat(AnswerType.of("谁是导演")).isEqualTo(AnswerType.PERSON);
        assertThat(AnswerType.of("where is the office?")).isEqualTo(AnswerType.PLACE);
        assertThat(AnswerType.of("为什么要加班")).isEqualTo(AnswerType.REASON);
        assertThat(AnswerType.NUMBER.isIn("It costs 5.", "it costs 5.", "how many of the 5?"))
                .isFalse();
    }

    @Test
    void emphasisesTheAnswerOnlyWhereItIsTheOnlyOneOfItsKind() {
        assertThat(phrase("When was the bridge opened?", "The bridge opened on 3 May 1974."))
                .contains("3 May 1974");
        assertThat(phrase("大橋何時通車？", "大橋於1974年5月3日通車。")).contains("1974年5月3日");
        assertThat(phrase("How long is the warranty?", "The warranty runs for 24 months."))
                .contains("24 months");
        assertThat(phrase("项目占比百分之多少？", "该项目占12.5%的份额。")).contains("12.5%");
        assertThat(phrase("Who designed it?", "It was designed by Ada Lovelace in London."))
                .contains("Ada Lovelace");
        assertThat(phrase("When was it open?", "It was open from 1974 to 1980.")).isEmpty();
        assertThat(phrase("How many of the 15 days are paid?", "All 15 days are paid.")).isEmpty();
        assertThat(phrase("Why is it closed?", "It is closed since 1974.")).isEmpty();
    }

    @Test
    void aQuestionForAMeaningIsAnsweredWithTheDefinitionFirst() {
        ExtractiveAnswer answer =
                ask("什么是质保期？", "质保期内维修免费，质保期从签收之日起算。申请质保请联系客服。质保期（保修期）是指产品出现故障时由厂家免费维修的期限。");
        assertThat(answer.text()).startsWith("质保期（保修期）是指产品出现故障时由厂家免费维修的期限。");
        assertThat(Definition.askedBy("质保期多长？")).isEmpty();
        Definition asked = Definition.askedBy("What is a heat pump?").orElseThrow();
        assertThat(asked.isSaidBy("A heat pump (HP) is a device that moves heat.")).isTrue();
        assertThat(asked.isSaidBy("The heat pump was installed by Bo.")).isTrue();
        assertThat(asked.isSaidBy("In winter the heat pump is loud.")).isFalse();
    }

    @Test
    void sentencesOfSeveralSectionsStandUnderTheirHeadings() {
        Span all = new Span(0, 10);
        Unit one = new Unit(Unit.Kind.SENTENCE, all, "Five days *a year*.", null);
        Unit two = new Unit(Unit.Kind.SENTENCE, all, "Ten days.", null);
        Candidate office = new Candidate(1, 0, one, "", Set.of(), "Office", 2, null);
        Candidate plant = new Candidate(2, 0, two, "", Set.of(), "Plant", 1, new Span(0, 3));
        assertThat(ExtractiveText.of(List.of(office, plant)))
                .isEqualTo(
                        """
                        #### Office

                        Five days \\*a year\\*.[1]

                        #### Plant

                        **Ten** days.[2]""");
        assertThat(ExtractiveText.of(List.of(office))).doesNotContain("####");
    }

    private static java.util.Optional<String> phrase(String question, String sentence) {
        return AnswerPhrase.in(question, sentence).map(span -> span.of(sentence));
    }

    private static ExtractiveAnswer ask(String question, String text) {
        return engine.answer(
                question,
                Tongue.of(question, Language.of(question)),
                List.of(passage(text, 0, 0.9)));
    }

    private static Passage passage(String text, int ordinal, double relevance) {
        Span span = new Span(0, text.length());
        Chunk chunk =
                new Chunk(ordinal, text, List.of(), null, null, span, span, 1, Language.of(text));
        return new Passage(
                new StoredChunk(
                        NEXT.incrementAndGet(),
                        KnowledgeBaseId.random(),
                        HANDBOOK,
                        1,
                        "handbook.md",
                        chunk),
                relevance,
                relevance);
    }

    @Test
    void aRowWiderThanItsHeadKeepsEveryCell() {
        Unit unit =
                new Unit(
                        Unit.Kind.TABLE_ROW,
                        new io.zhiwen.ingest.parse.Span(10, 20),
                        "HKSCC | 29.43% | 257,000,000",
                        new io.zhiwen.ingest.parse.Span(0, 9));
        Candidate row = new Candidate(2, 0, unit, "| Holders", Set.of(), "", 1, null);
        assertThat(ExtractiveText.of(List.of(row)))
                .isEqualTo(
                        """
                        |  | Holders |  |
                        | --- | --- | --- |
                        | HKSCC | 29.43% | 257,000,000[2] |""");
    }
}
