package io.zhiwen.ask.translate;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.ingest.chunk.Language;
import io.zhiwen.ingest.index.Rendering;
import java.util.List;
import org.junit.jupiter.api.Test;

class TranslatorTest {

    private final Translator translator = new Translator();

    @Test
    void saysTheWordsOfAChineseQuestionInEnglish() {
        Translation said = english("公司员工每年有多少天年假？");

        assertThat(ways(said, "公司")).contains("company");
        assertThat(ways(said, "员工")).contains("employee", "staff");
        assertThat(ways(said, "年假")).first().isEqualTo("annual leave");
        assertThat(said.asking()).isEqualTo("how many");
        assertThat(said.text()).startsWith("how many ").endsWith("?");
    }

    @Test
    void readsTheLongestWordsAndNoPartsOfThem() {
        Translation said = english("发展中国家的臭氧层");

        assertThat(asked(said)).containsExactly("发展中国家", "臭氧层");
    }

    @Test
    void keepsWhatIsWrittenTheSameInBothLanguages() {
        Translation said = english("2019年GB/T 22239要求加密吗？");

        assertThat(said.rendering().kept()).contains("2019").contains("gb/t 22239");
        assertThat(asked(said)).contains("加密").doesNotContain("年", "吗");
    }

    @Test
    void readsTraditionalCharactersAndMonths() {
        Translation said = english("報銷在10月截止嗎？");

        assertThat(ways(said, "报销")).contains("apply for reimbursement");
        assertThat(ways(said, "10月")).containsExactly("October");
    }

    @Test
    void saysTheWordsOfAnEnglishQuestionInChinese() {
        Translation said = chinese("How many days of annual leave do the employees get?");

        assertThat(ways(said, "annual leave")).containsExactly("年假");
        assertThat(ways(said, "employees")).contains("员工");
        assertThat(said.asking()).isEqualTo("多少");
        assertThat(said.text()).contains("年假").endsWith("多少？");
    }

    @Test
    void findsTheFormThatTheDictionaryHas() {
        Translation said = chinese("Which policies were Zorblax's companies planning to stop?");

        assertThat(ways(said, "policies")).contains("政策");
        assertThat(ways(said, "companies")).contains("公司");
        assertThat(ways(said, "planning")).isNotEmpty();
        assertThat(said.rendering().kept()).isEqualTo("Zorblax");
    }

    @Test
    void hasNothingToSayWhereTheDictionaryHasNoWord() {
        assertThat(translator.translate("Zorblax qwx-77?", Language.ZH)).isEmpty();
        assertThat(translator.translate("吗？", Language.EN)).isEmpty();
    }

    @Test
    void aTextDecidesWhatAWordMeans() {
        Translation said = english("城堡");

        assertThat(said.text()).isEqualTo("castle?");
        assertThat(said.asSaid("rook"::equals).text()).isEqualTo("rook?");
        assertThat(said.asSaid("rook"::equals).rendering()).isEqualTo(said.rendering());
    }

    private Translation english(String question) {
        return translator.translate(question, Language.EN).orElseThrow();
    }

    private Translation chinese(String question) {
        return translator.translate(question, Language.ZH).orElseThrow();
    }

    private static List<String> asked(Translation said) {
        return said.rendering().words().stream().map(Rendering.Word::asked).toList();
    }

    private static List<String> ways(Translation said, String asked) {
        return said.rendering().words().stream()
                .filter(word -> word.asked().equals(asked))
                .findFirst()
                .orElseThrow()
                .ways();
    }
}
