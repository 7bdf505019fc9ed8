package io.zhiwen.ask.cite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Two passages were sent in each of these.
class CitationFilterTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Leave is 21 days [1].            | Leave is 21 days [1].",
                "Both say so [1][2].              | Both say so [1][2].",
                "Both say so [1, 2].              | Both say so [1][2].",
                "两份都这么写［1，2］。             | 两份都这么写[1][2]。",
                "年假 21 天【1】。                 | 年假 21 天[1]。",
                "年假 21 天［ 2 ］。               | 年假 21 天[2]。",
                "年假 21 天[资料1]。               | 年假 21 天[1]。",
                "See [passage 2] and [^1].        | See [2] and [1].",
                "Nobody sent it [3].              | Nobody sent it .",
                "Half of it [1,7].                | Half of it [1].",
                "None of it [0][99].              | None of it .",
                "A [link] and [1999-2000] stay.   | A [link] and [1999-2000] stay.",
                "A list [a] b [ ] c [] d          | A list [a] b [ ] c [] d",
                "An open [1                       | An open [1",
                "In `a[3]` and ``b[4]`` it stays. | In `a[3]` and ``b[4]`` it stays.",
                "After `x` it goes [3].           | After `x` it goes .",
                "[1](javascript:alert(1))         | [1] (javascript:alert(1))",
                "[2]: http://evil.example/        | [2] : http://evil.example/"
            })
    void letsOnlyRealNumbersThrough(String written, String shown) {
        assertThat(whole(written)).isEqualTo(shown);
        assertThat(letterByLetter(written)).isEqualTo(shown);
    }

    @Test
    void countsWhatItLetThroughAndWhatItRemoved() {
        var filter = new CitationFilter(3);
        filter.feed("a [1] b [3][1] c [4,5] d [0]");
        filter.end();
        assertThat(filter.used()).containsExactlyInAnyOrder(1, 3);
        assertThat(filter.unknown()).isEqualTo(3);
    }

    @Test
    void holdsBackOnlyFromABracketThatMayBecomeACitation() {
        var filter = new CitationFilter(2);
        assertThat(filter.feed("21 days [")).isEqualTo("21 days ");
        assertThat(filter.feed("1")).isEmpty();
        assertThat(filter.feed("]")).isEmpty();
        assertThat(filter.feed(".")).isEqualTo("[1].");
        assertThat(filter.feed("[not")).isEmpty();
        assertThat(filter.feed("! a citation")).isEqualTo("[not! a citation");
    }

    @Test
    void neverHoldsBackWithoutEnd() {
        var filter = new CitationFilter(2);
        assertThat(filter.feed("[" + "1,".repeat(100))).isNotEmpty();
    }

    @Test
    void fencedCodeIsLeftAlone() {
        String code = "```java\nint x = a[7] + b[1];\n```\nSo it is [7][2].";
        assertThat(letterByLetter(code))
                .isEqualTo("```java\nint x = a[7] + b[1];\n```\nSo it is [2].");
    }

    @Test
    void theSplitOfTheTextNeverChangesTheResult() {
        var random = new Random(42);
        String alphabet = "[]【】［］12390,， `a天\n(";
        for (int round = 0; round < 3000; round++) {
            var text = new StringBuilder();
            for (int i = 0; i < 30; i++) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            var filter = new CitationFilter(2);
            var pieces = new StringBuilder();
            int from = 0;
            while (from < text.length()) {
                int to = Math.min(text.length(), from + 1 + random.nextInt(6));
                pieces.append(filter.feed(text.substring(from, to)));
                from = to;
            }
            pieces.append(filter.end());
            assertThat(pieces).as("%s", text).hasToString(whole(text.toString()));
        }
    }

    private static String whole(String text) {
        var filter = new CitationFilter(2);
        return filter.feed(text) + filter.end();
    }

    private static String letterByLetter(String text) {
        var filter = new CitationFilter(2);
        var shown = new StringBuilder();
        for (char letter : text.toCharArray()) {
            shown.append(filter.feed(String.valueOf(letter)));
        }
        return shown.append(filter.end()).toString();
    }
}
