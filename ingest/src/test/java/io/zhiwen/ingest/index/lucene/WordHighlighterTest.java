package io.zhiwen.ingest.index.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WordHighlighterTest {

    private final WordHighlighter highlighter = new WordHighlighter();

    @Test
    void anEnglishWordIsFoundInItsOtherForms() {
        assertThat(
                        marked(
                                "Which refunds are possible?",
                                "A refund is possible; refunding is slow."))
                .containsExactly("refund", "possible", "refunding");
    }

    @Test
    void chineseIsFoundInBothScriptsAndTheWordsOfAskingAreNot() {
        assertThat(marked("年假有多少天？", "員工的年假為十五天，什么时候都可以。")).contains("年假").doesNotContain("什么");
        assertThat(marked("年假", "年假、病假")).containsExactly("年假");
    }

    @Test
    void fullWidthAndCaseDoNotMatter() {
        assertThat(marked("ab-12 MODEL", "the Ｍodel AB-12")).contains("Ｍodel").contains("AB");
    }

    @Test
    void whatSaysNoneOfItHasNothingMarked() {
        assertThat(marked("annual leave", "The canteen opens at noon.")).isEmpty();
    }

    private List<String> marked(String query, String text) {
        return highlighter.spans(query, text).stream().map(span -> span.of(text)).toList();
    }
}
