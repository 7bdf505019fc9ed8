package io.zhiwen.conversation.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ThreadLocalRandom;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TexReaderTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "x^2_i ~ <i>x</i><sub><i>i</i></sub><sup>2</sup>",
                "f'(x) ~ <i>f</i><sup>′</sup>(<i>x</i>)",
                "\\alpha \\le 3.14 ~ <i>α</i>&nbsp;≤ 3.14",
                "\\sin\\theta ~ sin<i>θ</i>",
                "\\text{age} \\% ~ age%",
                "\\mathbb{R}^n ~ ℝ<sup><i>n</i></sup>",
                "\\left. a \\right| ~ <i>a</i><span class=\"f-fence\" style=\"font-size: 1em\">|</span>"
            })
    void readsWhatPeopleWrite(String tex, String html) {
        assertThat(drawn(tex.strip())).isEqualTo(html);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\\",
                "{",
                "}",
                "^",
                "_",
                "x^",
                "\\frac",
                "\\frac{1",
                "\\left(",
                "\\right)",
                "a & b",
                "\\begin{pmatrix}",
                "\\begin{array}{cc} a",
                "\\end{x}",
                "\\sqrt[3",
                "\\sqrt[",
                "a \\\\ b"
            })
    void readsWhatIsCutOffOrWrong(String tex) {
        assertThat(TexReader.read(tex)).isNotNull();
        assertThat(drawn(tex)).isNotNull();
    }

    @Test
    void anythingAtAllIsReadAndDrawnWithoutEndingTheStack() {
        var alphabet = "{}^_&\\'[]()ab1 ".toCharArray();
        String[] words = {
            "\\frac", "\\left(", "\\right)", "\\begin{cases}", "\\end{cases}", "\\sqrt["
        };
        var random = ThreadLocalRandom.current();
        for (int i = 0; i < 2000; i++) {
            var tex = new StringBuilder();
            while (tex.length() < 200) {
                boolean word = random.nextInt(4) == 0;
                tex.append(word ? words[random.nextInt(words.length)] : "");
                tex.append(alphabet[random.nextInt(alphabet.length)]);
            }
            assertThat(drawn(tex.toString())).as(tex.toString()).isNotNull();
        }
        for (String one : new String[] {"{", "^", "x^{", "\\frac", "\\left(", "\\sqrt[", "'^"}) {
            assertThat(drawn(one.repeat(2000 / one.length()))).isNotNull();
        }
    }

    private static String drawn(String tex) {
        var into = new Element("span");
        PaperFormula.draw(into, TexReader.read(tex), false);
        return into.html();
    }
}
