package io.zhiwen.ingest.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchTextTest {

    @ParameterizedTest
    @CsvSource({
        "員工年假天數, 员工年假天数",
        "ＡＢＣ１２３, abc123",
        "GB/T 22239, gb/t 22239",
        "隨著時間, 随着时间",
        "著名作家的著作, 著名作家的著作",
        "乾隆皇帝吃乾糧, 乾隆皇帝吃干粮",
        "大阪俱乐部, 大阪俱乐部",
        "ｶﾀｶﾅ, カタカナ",
        "⽂⾔, 文言"
    })
    void writesTheSameThingInOneWay(String written, String folded) {
        assertThat(SearchText.fold(written)).isEqualTo(folded);
        assertThat(SearchText.words(written)).isEqualTo(folded);
    }

    @Test
    void foldingForTheEncoderKeepsEveryOffset() {
        for (String text : List.of("ﬁne ㎡ ① İstanbul 🙂 𝐀 … ½ ㍿", "「你好」，ＯＫ？", "한국어 ｶﾞ")) {
            assertThat(SearchText.fold(text)).hasSameSizeAs(text);
        }
    }

    @Test
    void theEncoderSeesPunctuationAsItIsWritten() {
        assertThat(SearchText.fold("价格，多少？")).isEqualTo("价格，多少？");
    }

    @Test
    void wordsAlsoSplitCompatibilityForms() {
        assertThat(SearchText.words("ﬁne 5㎡ ①")).isEqualTo("fine 5m2 1");
    }
}
