package io.zhiwen.ask.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.account.Scope;
import io.zhiwen.account.Scopes;
import io.zhiwen.ingest.parse.Block;
import io.zhiwen.ingest.store.Reach;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableComputingTest {

    private static final String ORDERS =
            """
            订单号 | 地区 | 产品 | 数量 | 销售额（万元） | 下单日期
            A001 | 华东 | 打印机 | 12 | 1.2 | 2024-01-05
            A002 | 华东 | 扫描仪 | 30 | 4.5 | 2024-02-11
            A003 | 华南 | 打印机 | 7 | 0.7 | 2024-02-20
            A004 | 华北 | 投影仪 | 1,200 | 36 | 2024-03-02
            A005 | 华南 | 扫描仪 | 15 | 2.25 | 2023-12-30
            """;

    private static final String STAFF =
            """
            Employee | Department | Salary (USD) | Start date
            Ann Lee | Sales | 5,200 | 2021-03-01
            Bob Ray | Engineering | 7,100.50 | 2019-07-15
            Cho Park | Sales | 4,800 | 2023-01-09
            Dai Wu | Engineering | 6,400 | 2020-11-30
            Eve Fox | Legal | 8,000 | 2018-05-21
            Total | | 31,500.50 |
            """;

    private static final String PROVINCES =
            """
            省份 | 人口 | 占比 | 面积
            广东 | 1.26亿 | 8.9% | 17.98万
            山东 | 1.01亿 | 7.2% | 15.8万
            海南 | 一千零八万 | 0.7% | 3.54万
            西藏 | 364.8万 | 0.3% | 122.8万
            """;

    private static TableHouse house;
    private static KnowledgeBaseId base;
    private static Scope scope;

    @BeforeAll
    static void fill() {
        house = new TableHouse();
        base = house.base();
        scope = Scopes.of(base);
        house.document(base, "销售明细.xlsx", List.of(TableHouse.table(ORDERS)));
        house.document(base, "staff.docx", List.of(TableHouse.table(STAFF)));
        house.document(base, "省情.md", List.of(TableHouse.table(PROVINCES)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "华东地区的销售额一共是多少？; 5.7 万元",
                "总销售额是多少; 44.65 万元",
                "华东和华南的销售额总共多少？; 8.65 万元",
                "平均销售额是多少？; 8.93 万元",
                "2024年的销售额总共是多少？; 42.4 万元",
                "2024年2月销售额合计多少; 5.2 万元",
                "一共有多少个订单？; **5** 行",
                "一共有多少個訂單？; **5** 列",
                "销售额超过2万元的订单有多少个？; **3** 行",
                "有多少种产品？; **3** 个不同的值",
                "销售额最高的订单是哪个？; A004",
                "哪个地区的总销售额最低？; 华南",
                "销售额前2名的订单有哪些？; A002",
                "每个地区的平均销售额是多少？; 2.85 万元",
                "下单日期最早的订单是哪个？; A005",
                "数量不少于30的订单有哪些; A002",
                "A001和A004的销售额相差多少？; 34.8 万元",
                "人口最多的省份是哪个？; 广东",
                "各省份的平均人口是多少？; NONE",
                "平均人口是多少？; 60,182,000",
                "人口低于5000万的省份有多少个？; **2** 行",
                "占比高于7%的省份有哪些？; 山东",
                "哪個省份的面積最大？; 西藏",
                "What is the average salary?; 6,300.1 USD",
                "What is the total salary of the Sales department?; 10,000 USD",
                "How many employees are there in the Engineering department?; **2** rows",
                "How many employees have a salary over 6,000?; **3** rows",
                "Who has the highest salary?; Eve Fox",
                "Which department has the highest average salary?; Legal",
                "Which department has the most employees?; Engineering",
                "What are the top 2 salaries?; Bob Ray",
                "How many employees are there in each department?; | Sales | 2 |",
                "What is the total salary between 2020 and 2021?; NONE",
                "How many departments are there?; **3** different values",
                "What is the average salary by department?; 6,750.25 USD",
                "How many employees started before 2020?; NONE",
                "How many employees have a start date before 2020?; **2** rows",
                "What is the difference in salary between Ann Lee and Eve Fox?; 2,800 USD",
                "Which employees have a salary between 5,000 and 7,000?; Dai Wu",
            })
    void aQuestionThatCountsAddsComparesOrRanksIsComputed(String question, String expected) {
        String answer = house.answer(scope, question);
        if (expected.equals("NONE")) {
            assertThat(answer).isEmpty();
        } else {
            assertThat(answer).contains(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "华东地区去年的销售额一共是多少？",
                "除了华东，销售额一共是多少？",
                "利润总共是多少？",
                "销售额怎么计算？",
                "打印机一共卖了多少钱？",
                "占比总和是多少？",
                "订单A001的数量是多少？",
                "How many employees left the company in total?",
                "How many employees are not in Sales?",
                "What is the total?",
                "How many days of annual leave do employees in Sales get?",
                "What is Ann Lee's salary?",
                "Who is the oldest employee?",
                "How many states are there in the United States?",
                "什么是打印机？"
            })
    void whatIsNotSureIsLeftToTheOrdinaryAnswer(String question) {
        assertThat(house.answer(scope, question)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "What is the total amount?; 1,010.5",
                "What is the total amount of orders in Paris?; 710.5",
                "What is the total amount by region?; | Paris | 710.5 |",
                "Which region has the highest total amount?; Paris",
                "What is the total amount in March 2025?; 300",
                "How many invoices have an amount above 150?; NONE",
            })
    void aColumnCalledAmountIsAddedUp(String question, String expected) {
        KnowledgeBaseId shop = house.base();
        house.document(
                shop,
                "orders.csv",
                List.of(
                        TableHouse.table(
                                """
                                number | region | product | date | amount
                                A001 | Beijing | valve | 2025-03-05 | 100
                                A002 | Paris | pump | 2025-04-11 | 310.5
                                A003 | Beijing | pump | 2025-03-20 | 200
                                A004 | Paris | valve | 2025-05-02 | 400
                                """)));
        String answer = house.answer(Scopes.of(shop), question);
        if (expected.equals("NONE")) {
            assertThat(answer).isEmpty();
        } else {
            assertThat(answer).contains(expected);
        }
    }

    @Test
    void theRowsAreCitedAtTheirPlaceInTheDocument() {
        var computed = house.ask(scope, "销售额最高的订单是哪个？").orElseThrow();

        assertThat(computed.citations())
                .singleElement()
                .satisfies(
                        citation -> {
                            assertThat(citation.documentName()).isEqualTo("销售明细.xlsx");
                            assertThat(citation.text())
                                    .isEqualTo(
                                            "订单号 | 地区 | 产品 | 数量 | 销售额（万元） | 下单日期\n"
                                                    + "A004 | 华北 | 投影仪 | 1,200 | 36 | 2024-03-02");
                            assertThat(citation.span().of(TableHouse.table(ORDERS).text()))
                                    .isEqualTo("A004 | 华北 | 投影仪 | 1,200 | 36 | 2024-03-02");
                        });
        assertThat(computed.text()).contains("[1]").contains("| A004 |");
    }

    @Test
    void aRowThatSumsUpTheOthersIsNeitherCountedNorAdded() {
        assertThat(house.answer(scope, "What is the total salary?")).contains("31,500.5 USD");
        assertThat(house.answer(scope, "How many employees are there?")).contains("**5** rows");
    }

    @Test
    void aSumThatTheTablesOwnLastLineDoesNotSayIsNotTold() {
        KnowledgeBaseId other = house.base();
        house.document(
                other,
                "budget.md",
                List.of(
                        TableHouse.table(
                                """
                                Project | Budget
                                Alpha | 100
                                Beta | 200
                                Total | 450
                                """)));
        assertThat(house.answer(Scopes.of(other), "What is the total budget?")).isEmpty();
        assertThat(house.answer(Scopes.of(other), "Which project has the highest budget?"))
                .contains("Beta");
    }

    @Test
    void rowsThatArePartsOfOneAnotherAreNotAdded() {
        KnowledgeBaseId other = house.base();
        house.document(
                other,
                "balance.md",
                List.of(
                        TableHouse.table(
                                """
                                项目 | 期末余额
                                货币资金 | 10
                                其中：库存现金 | 4
                                应收账款 | 5
                                """)));
        assertThat(house.answer(Scopes.of(other), "期末余额总共是多少？")).isEmpty();
        assertThat(house.answer(Scopes.of(other), "货币资金和应收账款的期末余额相差多少？")).contains("**5**");
    }

    @Test
    void nothingOutOfReachIsCountedNorLetsItselfBeFelt() {
        KnowledgeBaseId mine = house.base();
        KnowledgeBaseId secret = house.base();
        String typed = "Server | Cost\nalpha | 10\nbeta | 20";
        house.document(mine, "mine.md", List.of(TableHouse.table(typed)));
        DocumentId hidden =
                house.document(
                        secret, "hidden.md", List.of(TableHouse.table(typed + "\ngamma | 70")));

        assertThat(house.answer(Scopes.of(mine), "What is the total cost?")).contains("**30**");
        assertThat(house.answer(Scopes.of(secret), "What is the total cost?")).contains("**100**");
        assertThat(house.answer(Scopes.of(mine, secret), "What is the total cost?"))
                .as("two tables that say different things")
                .isEmpty();
        assertThat(house.answer(Scope.NOTHING, "What is the total cost?")).isEmpty();

        for (String table : List.of("data_table", "data_column", "data_row")) {
            Integer seen =
                    house.readers.within(
                            Reach.of(mine),
                            db ->
                                    db.sql("select count(*) from " + table)
                                            .query(Integer.class)
                                            .single());
            assertThat(seen)
                    .as("the database's own wall before " + table)
                    .isEqualTo(table.equals("data_table") ? 1 : 2);
        }

        house.db
                .sql("update document set enabled = false where id = :id")
                .param("id", hidden.value())
                .update();
        assertThat(house.answer(Scopes.of(mine, secret), "What is the total cost?"))
                .as("what is out of use does not stand in the way")
                .contains("**30**");
        assertThat(house.answer(Scopes.of(secret), "What is the total cost?")).isEmpty();
    }

    @Test
    void aDocumentThatIsDeletedOrReplacedCountsNoMore() {
        KnowledgeBaseId other = house.base();
        DocumentId document =
                house.document(
                        other, "a.md", List.of(TableHouse.table("Item | Price\nx | 3\ny | 4")));
        String question = "Which item has the lowest price?";
        assertThat(house.answer(Scopes.of(other), question)).contains("| x |");
        house.db
                .sql("update document set live_version = 2 where id = :id")
                .param("id", document.value())
                .update();
        assertThat(house.answer(Scopes.of(other), question)).isEmpty();
    }

    @Test
    void copiesOfATableThatSayTheSameDoNotMakeItUnsure() {
        KnowledgeBaseId other = house.base();
        List<Block> same = List.of(TableHouse.table("Item | Price\nx | 3\ny | 4"));
        house.document(other, "a.md", same);
        house.document(other, "b.md", same);
        assertThat(house.answer(Scopes.of(other), "What is the average price?"))
                .contains("**3.5**");
    }

    @Test
    void aSheetOfAHundredThousandRowsIsAddedInTheDatabase() {
        KnowledgeBaseId other = house.base();
        List<String> head = List.of("Ticket", "Team", "Minutes");
        List<Block> blocks = new ArrayList<>();
        for (int block = 0; block < 200; block++) {
            List<List<String>> rows = new ArrayList<>(List.of(head));
            for (int i = 0; i < 500; i++) {
                int n = block * 500 + i;
                rows.add(List.of("T" + n, n % 4 == 0 ? "Blue" : "Red", String.valueOf(n % 10)));
            }
            blocks.add(Block.table(rows, 1, null, "Tickets"));
        }
        house.document(other, "tickets.xlsx", blocks);

        assertThat(house.answer(Scopes.of(other), "How many tickets are there?"))
                .contains("**100000** rows");
        // 0, 4, 8, 2, 6 again and again
        assertThat(house.answer(Scopes.of(other), "What is the total minutes of team Blue?"))
                .contains("**100,000**")
                .contains("25000 rows");
        assertThat(house.answer(Scopes.of(other), "哪个team的minutes平均最高？")).contains("Red");
    }

    @Test
    void aCellCannotWriteMarkdownOfItsOwn() {
        KnowledgeBaseId other = house.base();
        house.document(
                other,
                "a.md",
                List.of(TableHouse.table("Item | Price\n![x](http://evil/) [2] | 3\ny | 4")));
        assertThat(house.answer(Scopes.of(other), "Which item has the lowest price?"))
                .contains("\\!\\[x\\](http://evil/) \\[2\\]");
    }

    @Test
    void whereRulesDoNotTellAModelsProposalIsHeldAgainstQuestionAndTable() {
        String question = "How much do people in the Engineering department earn on average?";
        String right =
                """
                {"table": 1, "operation": "average", "column": "Salary (USD)", "group": null,
                 "values": {"Engineering": "Department"}, "bounds": {}, "periods": {}}
                """;
        assertThat(proposed(null, question)).isEmpty();
        assertThat(proposed(right, question)).contains("6,750.25 USD").contains("Engineering");
        assertThat(house.prompts.getLast())
                .contains(
                        "- Department (text)",
                        "values: Engineering",
                        question.toLowerCase(Locale.ROOT))
                .doesNotContain("Ann Lee")
                .doesNotContain("7,100");

        assertThat(proposed("{\"none\": true}", question)).isEmpty();
        assertThat(proposed("I would add them up: 13,500.", question)).isEmpty();
        assertThat(proposed(right.replace("average", "sum"), question))
                .as("nobody asked for a sum")
                .isEmpty();
        assertThat(proposed(right.replace("Salary (USD)", "Bonus"), question)).isEmpty();
        assertThat(proposed(right.replace("{\"Engineering\": \"Department\"}", "{}"), question))
                .as("a value of the question is left out")
                .isEmpty();
        assertThat(proposed(right.replace("Engineering", "Sales"), question))
                .as("a value the question does not name")
                .isEmpty();
        assertThat(
                        proposed(
                                right,
                                "How much do people not in the Engineering department earn on average?"))
                .isEmpty();
    }

    @Test
    void aBoundOfTheQuestionIsWhatItSaysWhateverTheModelSays() {
        String question = "How many people in any department earn more than 6,000?";
        String said =
                """
                ```json
                {"table": 1, "operation": "count", "column": null, "group": null, "values": {},
                 "bounds": {"1": "Salary (USD)"}, "periods": {}}
                ```
                """;
        assertThat(proposed(said, question)).contains("**3** rows");
        assertThat(
                        proposed(
                                said,
                                "How many people in the Engineering department earn more than 7,000?"))
                .isEmpty();
        String both =
                said.replace("\"values\": {}", "\"values\": {\"Engineering\": \"Department\"}");
        assertThat(
                        proposed(
                                both,
                                "How many people in the Engineering department earn more than 7,000?"))
                .contains("**1** row")
                .contains("> 7,000 USD");
        assertThat(
                        proposed(
                                both.replace("{\"1\": \"Salary (USD)\"}", "{}"),
                                "How many people in the Engineering department earn more than 7,000?"))
                .isEmpty();
    }

    private static String proposed(@Nullable String proposal, String question) {
        house.proposal = proposal;
        try {
            return house.answer(scope, question);
        } finally {
            house.proposal = null;
        }
    }
}
