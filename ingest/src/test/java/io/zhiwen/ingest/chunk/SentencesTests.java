package io.zhiwen.ingest.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.ingest.parse.Span;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SentencesTests {

    private static List<String> sentences(String text) {
        return Sentences.of(text).stream().map(span -> span.of(text)).toList();
    }

    @Test
    void chineseSentencesEndAtTheirMarksWithoutASpace() {
        assertThat(sentences("试用期不得超过二个月。工资不低于百分之八十！为什么？因为法律。"))
                .containsExactly("试用期不得超过二个月。", "工资不低于百分之八十！", "为什么？", "因为法律。");
    }

    @Test
    void aClosingQuoteStaysWithItsSentence() {
        assertThat(sentences("他说：“走吧。”然后他走了。\"Go!\" she said. “Stop.” He stopped."))
                .containsExactly(
                        "他说：“走吧。”", "然后他走了。", "\"Go!\" she said.", "“Stop.”", "He stopped.");
    }

    @Test
    void aQuotedQuestionInMidSentenceEndsNothing() {
        assertThat(sentences("“为什么？”，他问。")).containsExactly("“为什么？”，他问。");
    }

    @Test
    void abbreviationsInitialsAndDecimalsEndNothing() {
        assertThat(
                        sentences(
                                "Mr. E. F. Benson paid $3.50, i.e. too much, to Dr. Wu. See Fig. 3"
                                        + " and No. 12. The U.S. Department agreed. So did the U.S."
                                        + " The end."))
                .containsExactly(
                        "Mr. E. F. Benson paid $3.50, i.e. too much, to Dr. Wu.",
                        "See Fig. 3 and No. 12.",
                        "The U.S. Department agreed.",
                        "So did the U.S.",
                        "The end.");
    }

    @Test
    void addressesVersionsAndListNumbersStayWhole() {
        assertThat(sentences("1. Open http://a.example/x?y=1!z now. 把.cuda()去掉就行，v2.0.1 可用。"))
                .containsExactly(
                        "1. Open http://a.example/x?y=1!z now.", "把.cuda()去掉就行，v2.0.1 可用。");
    }

    @Test
    void aLineBreakEndsASentence() {
        assertThat(sentences("Title\nFirst line\r\n  second line  "))
                .containsExactly("Title", "First line", "second line");
    }

    @Test
    void mixedTextIsCutInBothLanguages() {
        assertThat(sentences("我用的是 Windows 11. Is it OK? 可以!没问题。"))
                .containsExactly("我用的是 Windows 11.", "Is it OK?", "可以!", "没问题。");
    }

    @Test
    void nothingButWhiteSpaceIsLeftOut() {
        Random random = new Random(7);
        String letters = "ab1A。！.?!”）\" \n\u3000中文,，…";
        for (int round = 0; round < 2000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(60); i > 0; i--) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }
            int behind = 0;
            for (Span span : Sentences.of(text.toString())) {
                assertThat(span.start()).isGreaterThanOrEqualTo(behind);
                assertThat(text.substring(behind, span.start()).replace('\u3000', ' ')).isBlank();
                assertThat(span.of(text)).isEqualTo(span.of(text).strip());
                behind = span.end();
            }
            assertThat(text.substring(behind).replace('\u3000', ' ')).isBlank();
        }
    }

    @Test
    void aLongTextWithoutAnyEndTakesNoLongerThanItShould() {
        String text = "。a.".repeat(10) + "x".repeat(3_000_000) + ".".repeat(200_000);
        long start = System.nanoTime();
        assertThat(Sentences.of(text)).isNotEmpty();
        assertThat(System.nanoTime() - start).isLessThan(20_000_000_000L);
    }
}
