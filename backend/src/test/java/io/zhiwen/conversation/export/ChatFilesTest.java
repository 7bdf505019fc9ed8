package io.zhiwen.conversation.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.conversation.AnswerHtml;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFHyperlinkRun;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;
import org.apache.xmlbeans.XmlError;
import org.apache.xmlbeans.XmlOptions;
import org.junit.jupiter.api.Test;

class ChatFilesTest {

    private static final Transcript CHAT =
            new Transcript(
                    "年假",
                    "来源",
                    List.of(
                            new Transcript.Turn(
                                    "年假有 <几天>？",
                                    """
                                    按 **工龄** 计算 [1]：

                                    1. 十年以下
                                    2. 十年以上

                                    | 工龄 | 天数 |
                                    |---|---|
                                    | 12 | 15 |

                                    ```
                                    a  b
                                    ```""",
                                    List.of(
                                            new Transcript.Source(
                                                    1, "手册.pdf, 第 3 页, 休假", "十年以上 15 天")))));

    @Test
    void markdownKeepsTheAnswerAndListsItsSources() {
        assertThat(MarkdownFile.of(CHAT))
                .startsWith("# 年假\n\n## 年假有 \\<几天\\>？\n\n按 **工龄** 计算 [1]：\n")
                .endsWith("**来源**\n\n- \\[1\\] 手册.pdf, 第 3 页, 休假\n  > 十年以上 15 天\n");
    }

    @Test
    void pdfHasTheAnswerInChineseWithItsTableAndSourcesAndNoButtons() throws IOException {
        try (var file = Loader.loadPDF(PdfFile.of(CHAT, new AnswerHtml(), "zh"))) {
            var stripper = new PDFTextStripper();
            stripper.setSortByPosition(true);
            assertThat(stripper.getText(file).replaceAll("\\s+", ""))
                    .contains("年假有<几天>？", "按工龄计算", "十年以下", "1215", "ab")
                    .contains("[1]手册.pdf,第3页,休假", "十年以上15天", "1/1")
                    .doesNotContain("#", "button");
            var fonts = file.getPage(0).getResources().getFontNames();
            for (var name : fonts) {
                assertThat(file.getPage(0).getResources().getFont(name).isEmbedded()).isTrue();
            }
            assertThat(fonts).isNotEmpty();
        }
    }

    @Test
    void wordHasTheListTheTableTheCodeAndTheSources() throws IOException {
        try (var file =
                new XWPFDocument(new ByteArrayInputStream(DocxFile.of(CHAT, new AnswerHtml())))) {
            var lines = file.getParagraphs().stream().map(XWPFParagraph::getText).toList();
            assertThat(lines)
                    .contains("年假", "年假有 <几天>？", "按 工龄 计算 [1]：", "1. 十年以下", "2. 十年以上")
                    .contains("a  b", "[1] 手册.pdf, 第 3 页, 休假", "十年以上 15 天");
            assertThat(file.getTables()).hasSize(1);
            assertThat(file.getTables().getFirst().getText()).contains("12\t15");
            var bold =
                    file.getParagraphs().stream()
                            .flatMap(paragraph -> paragraph.getRuns().stream())
                            .filter(run -> run.isBold() && "工龄".equals(run.text()))
                            .toList();
            assertThat(bold).hasSize(1);
        }
    }

    private static final Transcript FORMULAS =
            new Transcript(
                    "公式",
                    "来源",
                    List.of(
                            new Transcript.Turn(
                                    "复利怎么算？",
                                    """
                                    本利和为 $A = P(1 + \\frac{r}{n})^{nt}$，其中 $r$ 是年利率 [1]。方差：

                                    $$\\sigma^2 = \\frac{1}{N} \\sum_{i=1}^{N} \\left( x_i - \\bar{x} \\right)^2$$

                                    | 量 | 式 |
                                    |---|---|
                                    | 根 | $x_{1,2} = \\frac{-b \\pm \\sqrt{b^2-4ac}}{2a}$ |

                                    - 矩阵 $\\begin{pmatrix} a & b \\\\ c & d \\end{pmatrix} \\neq \\mathbf{0}$
                                    - 分段 $f(x) = \\begin{cases} x & x \\ge 0 \\\\ -x & \\text{其他} \\end{cases}$
                                    - 积分 $\\int_0^\\infty e^{-x^2}\\,dx = \\frac{\\sqrt{\\pi}}{2}$ 与 $\\lim_{n \\to \\infty} \\sqrt[n]{n} = 1$
                                    - 未知 $\\unheard{x} = \\vec{v} \\cdot \\hat{n}$，见[手册](https://docs.example.com/rates?y=1)

                                    价格是 $5 到 $9。""",
                                    List.of(new Transcript.Source(1, "手册.pdf", "年利率")))));

    @Test
    void aFormulaIsDrawnInThePdfAndNotWrittenAsTex() throws IOException {
        byte[] pdf = PdfFile.of(FORMULAS, new AnswerHtml(), "zh");
        String folder = System.getProperty("zhiwen.screenshots", "");
        try (var file = Loader.loadPDF(pdf)) {
            if (!folder.isEmpty()) {
                ImageIO.write(
                        new PDFRenderer(file).renderImageWithDPI(0, 110),
                        "png",
                        Path.of(folder, "formulas.png").toFile());
            }
            var text = new PDFTextStripper().getText(file).replaceAll("\\s+", "");
            assertThat(text)
                    .contains("√", "∑", "∞", "π", "±", "≠", "其他", "→")
                    .contains("\\unheard", "docs.example.com", "价格是$5到$9")
                    .doesNotContain("\\frac", "\\sum", "}", "#", "\\begin", "$A")
                    .doesNotContain("^{");
        }
    }

    @Test
    void aFormulaIsWordsOwnWithTheTextAroundItInOrder() throws IOException {
        try (var file =
                new XWPFDocument(
                        new ByteArrayInputStream(DocxFile.of(FORMULAS, new AnswerHtml())))) {
            String xml = file.getDocument().xmlText();
            assertThat(xml)
                    .contains("<m:oMathPara>", "<m:limLow>", "<m:f>", "<m:rad>", "<m:d>", "<m:mr>")
                    .contains("<m:acc>", "价格是 $5 到 $9。", "docs.example.com")
                    .doesNotContain("\\frac", "\\begin");
            assertThat(xml.indexOf("本利和为")).isPositive().isLessThan(xml.indexOf("<m:oMath>"));
            assertThat(xml.indexOf("<m:oMath>")).isLessThan(xml.indexOf("，其中"));
            List<XmlError> errors = new ArrayList<>();
            file.getDocument().validate(new XmlOptions().setErrorListener(errors));
            assertThat(errors).isEmpty();
            var links =
                    file.getParagraphs().stream()
                            .flatMap(paragraph -> paragraph.getRuns().stream())
                            .filter(XWPFHyperlinkRun.class::isInstance)
                            .map(run -> ((XWPFHyperlinkRun) run).getHyperlink(file).getURL())
                            .toList();
            assertThat(links).containsExactly("https://docs.example.com/rates?y=1");
        }
    }
}
