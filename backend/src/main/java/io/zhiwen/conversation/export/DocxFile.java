package io.zhiwen.conversation.export;

import io.zhiwen.conversation.AnswerHtml;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;
import org.apache.poi.xwpf.usermodel.XWPFRun;

/// A chat as a Word document, of the same tree as its page; formulas are Word's own. Text has the
// fonts of whoever opens it, Chinese ones too.
public final class DocxFile {

    private static final String GREY = "5A5E64";

    private DocxFile() {}

    public static byte[] of(Transcript chat, AnswerHtml answers) {
        try (XWPFDocument file = new XWPFDocument();
                ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            heading(file, chat.title(), 20);
            for (Transcript.Turn turn : chat.turns()) {
                heading(file, turn.question(), 14);
                answers.tree(turn.answer()).accept(new DocxBlocks(file));
                sources(file, chat.sources(), turn.sources());
            }
            file.write(out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void heading(XWPFDocument file, String text, int points) {
        XWPFParagraph paragraph = file.createParagraph();
        paragraph.setSpacingBefore(points * 12);
        paragraph.setSpacingAfter(80);
        XWPFRun run = paragraph.createRun();
        run.setBold(true);
        run.setFontSize(points);
        run.setText(text);
    }

    private static void sources(XWPFDocument file, String word, List<Transcript.Source> sources) {
        if (sources.isEmpty()) {
            return;
        }
        small(file, word, true);
        for (Transcript.Source source : sources) {
            small(file, "[" + source.number() + "] " + source.place(), true);
            small(file, source.text(), false);
        }
    }

    private static void small(XWPFDocument file, String text, boolean bold) {
        XWPFParagraph paragraph = file.createParagraph();
        paragraph.setSpacingAfter(40);
        XWPFRun run = paragraph.createRun();
        run.setFontSize(9);
        run.setBold(bold);
        run.setColor(GREY);
        run.setText(text);
    }
}
