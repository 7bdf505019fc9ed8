package io.zhiwen.conversation.export;

import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import io.zhiwen.conversation.AnswerHtml;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jsoup.helper.W3CDom;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/// A chat as PDF, with the fonts in it that Chinese, Latin, Greek and Cyrillic need. Answers go
/// through the one renderer; nothing is fetched.
public final class PdfFile {

    private static final String FONT = "Noto Sans SC";
    private static final int REGULAR = 400;
    private static final int BOLD = 700;

    private PdfFile() {}

    /// @param language of the words around the chat, e.g. `zh`
    public static byte[] of(Transcript chat, AnswerHtml html, String language) {
        var out = new ByteArrayOutputStream();
        var builder = new PdfRendererBuilder();
        builder.useFont(
                () -> resource("NotoSansSC-Regular.ttf"), FONT, REGULAR, FontStyle.NORMAL, true);
        builder.useFont(() -> resource("NotoSansSC-Bold.ttf"), FONT, BOLD, FontStyle.NORMAL, true);
        builder.useUriResolver((_, _) -> null);
        builder.withProducer("Zhiwen");
        builder.withW3cDocument(new W3CDom().fromJsoup(page(chat, html, language)), null);
        builder.toStream(out);
        try {
            builder.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static Document page(Transcript chat, AnswerHtml html, String language) {
        var page = Document.createShell("");
        page.child(0).attr("lang", language);
        page.title(chat.title());
        page.head().appendElement("style").appendText(style());
        var body = page.body();
        body.appendElement("h1").text(chat.title());
        for (Transcript.Turn turn : chat.turns()) {
            body.appendElement("h2").text(turn.question());
            var numbers =
                    turn.sources().stream()
                            .map(Transcript.Source::number)
                            .collect(Collectors.toSet());
            var answer = body.appendElement("div");
            html.cited(turn.answer(), numbers).forEach(answer::append);
            chipsAsText(answer);
            formulas(answer);
            sources(body, chat, turn);
        }
        return page;
    }

    /// A page of paper has no buttons.
    private static void chipsAsText(Element answer) {
        for (Element chip : answer.select("button.cite")) {
            chip.replaceWith(new Element("span").addClass("cite").text("[" + chip.text() + "]"));
        }
        for (Element doubt : answer.select("button")) {
            doubt.replaceWith(new Element("span").addClass("cite").text("[?]"));
        }
    }

    private static void formulas(Element answer) {
        for (Element formula : answer.select("span.formula")) {
            var tex = TexReader.read(formula.wholeText());
            PaperFormula.draw(formula, tex, formula.hasClass("alone"));
        }
    }

    private static void sources(Element body, Transcript chat, Transcript.Turn turn) {
        if (turn.sources().isEmpty()) {
            return;
        }
        var sources = body.appendElement("div").addClass("sources");
        sources.appendElement("p").appendElement("strong").text(chat.sources());
        for (Transcript.Source source : turn.sources()) {
            var place = "[" + source.number() + "] " + source.place();
            sources.appendElement("p").appendElement("strong").text(place);
            sources.appendElement("p").addClass("text").text(source.text());
        }
    }

    private static String style() {
        try (InputStream css = resource("pdf.css")) {
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(PdfFile.class.getResourceAsStream(name), name);
    }
}
