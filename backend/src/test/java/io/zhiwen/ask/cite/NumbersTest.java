package io.zhiwen.ask.cite;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NumbersTest {

    @Test
    void aNumberIsTheSameHoweverItIsWritten() {
        for (String twelveHundred :
                new String[] {"1200", "1,200", "１２００", "一千二百", "1.2千", "twelve hundred"}) {
            assertThat(Numbers.shown(twelveHundred)).as(twelveHundred).contains("1200");
        }
        assertThat(Numbers.claimed("营收1.2亿元")).containsExactly("120000000");
        assertThat(Numbers.claimed("2.5 million users")).containsExactly("2500000");
        assertThat(Numbers.claimed("twenty-one days")).containsExactly("21");
        assertThat(Numbers.claimed("two hundred and five days")).containsExactly("205");
        assertThat(Numbers.claimed("三萬五千元")).containsExactly("35000");
        assertThat(Numbers.claimed("二〇二四年")).containsExactly("2024");
        assertThat(Numbers.claimed("3.50")).containsExactly("3.5");
    }

    @Test
    void aDateIsTheSameInEitherLanguage() {
        assertThat(Numbers.shown("2024年3月5日"))
                .containsAll(Numbers.claimed("March 5, 2024"))
                .containsAll(Numbers.claimed("2024-03-05"));
        assertThat(Numbers.claimed("You may 5 times")).doesNotContain("6");
    }

    @Test
    void wordsThatOnlyLookLikeNumeralsClaimNothing() {
        assertThat(Numbers.claimed("一般来说，万一有一些问题")).isEmpty();
        assertThat(Numbers.claimed("at first, no one knew")).isEmpty();
        assertThat(Numbers.claimed("四川的千岛湖")).isEmpty();
    }
}
