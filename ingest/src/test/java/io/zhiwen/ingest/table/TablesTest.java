package io.zhiwen.ingest.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.ingest.clean.CleanDocument;
import io.zhiwen.ingest.index.SearchText;
import io.zhiwen.ingest.parse.Block;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TablesTest {

    private static final Tables TABLES = new Tables(SearchText::words);

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "1,234.50; 1234.50; ''",
                "－５; -5; ''",
                "(1,200); -1200; ''",
                "1.2万; 12000; ''",
                "3.5亿元; 350000000; 元",
                "29.43%; 29.43; %",
                "$5.2 million; 5200000; $",
                "￥1,000; 1000; ¥",
                "12 kg; 12; kg",
                "5千克; 5; 千克",
                "6974.70 (6974.6996706484); 6974.6996706484; ''",
                "一百二十; 120; ''",
                "三万五千元; 35000; 元",
                "-$85; -85; $",
            })
    void aQuantityIsReadWithWhatMultipliesItAndItsUnit(String cell, String value, String unit) {
        Amount amount = Amount.read(cell);
        assertThat(amount).isNotNull();
        assertThat(amount.value()).isEqualByComparingTo(value);
        assertThat(amount.unit()).isEqualTo(unit);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00123",
                "3.2.1",
                "A001",
                "1号楼",
                "约 5",
                "1-2",
                "2024-01-05",
                "1.住户存款",
                "一般",
                "110101199003078515",
                "5M",
                "Q＜15000",
                "- -5",
                "上升5.72个百分点",
                ""
            })
    void aCodeAWordOrAnythingElseIsNoQuantity(String cell) {
        assertThat(Amount.read(cell)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "2024-03-05, 2024-03-05",
        "2024年3月5日, 2024-03-05",
        "2024/3/5 10:30, 2024-03-05",
        "'March 5, 2024', 2024-03-05",
        "5 Mar 2024, 2024-03-05"
    })
    void aDayIsRead(String cell, LocalDate day) {
        assertThat(Dates.read(cell)).isEqualTo(day);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024-02-30", "3/5/2024", "2024-13-01", "2024年", "19990101"})
    void aDayThatIsNoneOrMayBeTwoIsText(String cell) {
        assertThat(Dates.read(cell)).isNull();
    }

    @Test
    void aTableThatGoesOnBelowTheSameHeadIsOneAndItsRowsKeepTheirPlaces() {
        var first = table(1, "Name|Price (€)", "a|3", "b|4.50");
        var second = table(1, "Name|Price (€)", "c|–");
        var document =
                new CleanDocument(
                        null, List.of(Block.heading(1, "Price list", null), first, second));

        DataTable table = TABLES.of(document).getFirst();

        assertThat(table.size()).isEqualTo(3);
        assertThat(table.titles()).containsExactly("Price list");
        assertThat(table.columns().get(1))
                .isEqualTo(
                        new DataColumn(
                                "Price (€)",
                                List.of("price"),
                                "",
                                DataColumn.Kind.NUMBER,
                                "€",
                                false));
        assertThat(table.columns().getFirst().unique()).isTrue();
        assertThat(table.row(2).span().of(document.text())).isEqualTo("c | –");
        assertThat(table.row(2).numbers()).containsExactly(null, null);
        assertThat(table.row(1).numbers().get(1)).isEqualTo(new BigDecimal("4.50"));
    }

    @Test
    void aColumnIsNumbersOnlyWhenEveryCellThatSaysSomethingIsOneOfTheSameUnit() {
        assertThat(kind("1", "2", "-")).isEqualTo(DataColumn.Kind.NUMBER);
        assertThat(kind("1", "2", "about 3")).isEqualTo(DataColumn.Kind.TEXT);
        assertThat(kind("1 kg", "2 t")).isEqualTo(DataColumn.Kind.TEXT);
        assertThat(kind("1,582", "68%")).isEqualTo(DataColumn.Kind.TEXT);
        assertThat(kind("$1", "2", "3")).isEqualTo(DataColumn.Kind.NUMBER);
        assertThat(kind("8%", "0", "9%")).isEqualTo(DataColumn.Kind.NUMBER);
        assertThat(kind("2024-01-01", "2024年2月3日")).isEqualTo(DataColumn.Kind.DATE);
        assertThat(kind("", "")).isEqualTo(DataColumn.Kind.TEXT);
    }

    @Test
    void rowsThatSumUpOthersAreToldFromThem() {
        DataTable sums = only(table(1, "City|Sales", "x|1", "y|2", "合 计|3"));
        assertThat(sums.isFlat()).isTrue();
        assertThat(sums.row(2).total()).isTrue();
        assertThat(sums.row(0).total()).isFalse();
        assertThat(only(table(1, "项目|数", "流动资产|1", "流动资产合计|1", "固定资产|2")).isFlat()).isFalse();
        assertThat(only(table(1, "项目|数", "一、存款|3", "1.住户|1", "2.企业|2")).isFlat()).isFalse();
        assertThat(only(table(1, "项目|甲|乙", "第一部分||", "x|1|2")).isFlat()).isFalse();
    }

    @Test
    void aTableThatMayNotBeAllThereIsIsNotCounted() {
        var table = table(1, "Item|Price", "x|1", "y|2");
        assertThat(only(table).isFlat()).isTrue();
        assertThat(only(table, table(0, "z|3", "w|4")).isFlat()).as("its rest").isFalse();
        assertThat(
                        only(
                                        table,
                                        Block.paragraph("Prices, continued", null),
                                        table(1, "Item|Price", "z|3", "w|4"))
                                .isFlat())
                .isFalse();
        assertThat(only(Block.heading(1, "前10名股东", null), table).isFlat()).isFalse();
        assertThat(only(table(1, "Item|Price", "x|1", "Others|2")).isFlat()).isFalse();
        assertThat(
                        only(table(1, "Item|Price", "x|1", "y|2", "Note|" + "long ".repeat(20)))
                                .isFlat())
                .isFalse();
    }

    @Test
    void aHeadOfTwoRowsNamesItsColumnsByEitherAndATitleOverAllNamesNone() {
        var block =
                table(
                        3,
                        "Yearly report|Yearly report|Yearly report",
                        "|Sales|Sales",
                        "City|2023|2024",
                        "x|1|2",
                        "y|3|4");
        DataTable table = only(block);
        assertThat(table.columns().stream().map(DataColumn::name))
                .containsExactly("City", "Sales 2023", "Sales 2024");
        assertThat(table.columns().get(2).keys()).contains("sale 2024", "2024");
    }

    @Test
    void aTableWithoutHeadOrOfOneRowIsNoData() {
        assertThat(TABLES.of(new CleanDocument(null, List.of(table(0, "a|1", "b|2"))))).isEmpty();
        assertThat(TABLES.of(new CleanDocument(null, List.of(table(1, "a|b", "c|2"))))).isEmpty();
    }

    private static DataColumn.Kind kind(String... cells) {
        String[] rows = new String[cells.length + 1];
        rows[0] = "Name|Value";
        for (int i = 0; i < cells.length; i++) {
            rows[i + 1] = "row " + (char) ('a' + i) + "|" + cells[i];
        }
        return only(table(1, rows)).columns().get(1).kind();
    }

    private static DataTable only(Block... blocks) {
        return TABLES.of(new CleanDocument(null, List.of(blocks))).getFirst();
    }

    private static Block table(int head, String... rows) {
        return Block.table(
                List.of(rows).stream().map(row -> List.of(row.split("\\|", -1))).toList(),
                head,
                null,
                null);
    }
}
