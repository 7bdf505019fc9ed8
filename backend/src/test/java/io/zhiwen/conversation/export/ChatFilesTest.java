package io.zhiwen.conversation.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.conversation.AnswerHtml;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;
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
        try (var file = new XWPFDocument(new ByteArrayInputStream(DocxFile.of(CHAT)))) {
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
}
