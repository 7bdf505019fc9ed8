package io.zhiwen.conversation.export;

import java.util.List;
import javax.xml.namespace.QName;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;
import org.apache.xmlbeans.XmlCursor;
import org.jspecify.annotations.Nullable;

/// Writes a formula as Word's own (Office Math Markup, ECMA-376 part 1, 22.1), to be edited there.
final class WordFormula {

    private static final String MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math";
    private static final String WORD =
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    private static final String FONT = "Cambria Math";

    private final XmlCursor out;
    private final boolean alone;

    private WordFormula(XmlCursor out, boolean alone) {
        this.out = out;
        this.alone = alone;
    }

    /// At the end of a paragraph.
    static void write(XWPFParagraph paragraph, Tex formula, boolean alone) {
        try (XmlCursor out = paragraph.getCTP().newCursor()) {
            out.toEndToken();
            var word = new WordFormula(out, alone);
            Runnable math = () -> word.within("oMath", () -> word.write(formula));
            if (alone) {
                word.within("oMathPara", math);
            } else {
                math.run();
            }
        }
    }

    private void write(Tex tex) {
        switch (tex) {
            case Tex.Row(List<Tex> parts) -> parts.forEach(this::write);
            case Tex.Sign(String text, Tex.Style style) -> run(text, style);
            case Tex.Large(String text) -> run(text, Tex.Style.UPRIGHT);
            case Tex.Fraction(Tex over, Tex under, boolean bar) ->
                    within(
                            "f",
                            () -> {
                                if (!bar) {
                                    within("fPr", () -> value("type", "noBar"));
                                }
                                part("num", over);
                                part("den", under);
                            });
            case Tex.Root root -> within("rad", () -> root(root));
            case Tex.Scripts scripts -> scripts(scripts);
            case Tex.Accent(Tex base, String mark) ->
                    within(
                            "acc",
                            () -> {
                                within("accPr", () -> value("chr", mark));
                                part("e", base);
                            });
            case Tex.Fence(String open, Tex inside, String close) ->
                    within(
                            "d",
                            () -> {
                                within(
                                        "dPr",
                                        () -> {
                                            value("begChr", open);
                                            value("endChr", close);
                                        });
                                part("e", inside);
                            });
            case Tex.Table(List<List<Tex>> rows) ->
                    within("m", () -> rows.forEach(row -> within("mr", () -> cells(row))));
        }
    }

    private void cells(List<Tex> row) {
        row.forEach(cell -> part("e", cell));
    }

    private void root(Tex.Root root) {
        if (root.degree() == null) {
            within("radPr", () -> value("degHide", "1"));
        }
        part("deg", root.degree());
        part("e", root.of());
    }

    private void scripts(Tex.Scripts scripts) {
        Tex below = scripts.below();
        Tex above = scripts.above();
        if (alone && scripts.base() instanceof Tex.Large) {
            bounds(scripts.base(), below, above);
        } else if (below != null && above != null) {
            within("sSubSup", () -> parts(scripts.base(), below, above));
        } else if (below != null) {
            within("sSub", () -> parts(scripts.base(), below, null));
        } else {
            within("sSup", () -> parts(scripts.base(), null, above));
        }
    }

    private void parts(Tex base, @Nullable Tex below, @Nullable Tex above) {
        part("e", base);
        if (below != null) {
            part("sub", below);
        }
        if (above != null) {
            part("sup", above);
        }
    }

    /// Above and below a sum.
    private void bounds(Tex base, @Nullable Tex below, @Nullable Tex above) {
        if (above != null) {
            within(
                    "limUpp",
                    () -> {
                        within("e", () -> bounds(base, below, null));
                        part("lim", above);
                    });
        } else if (below != null) {
            within(
                    "limLow",
                    () -> {
                        part("e", base);
                        part("lim", below);
                    });
        } else {
            write(base);
        }
    }

    private void run(String text, Tex.Style style) {
        within(
                "r",
                () -> {
                    if (style != Tex.Style.ITALIC) {
                        boolean bold = style == Tex.Style.BOLD;
                        within("rPr", () -> value("sty", bold ? "b" : "p"));
                    }
                    out.beginElement(new QName(WORD, "rPr", "w"));
                    out.beginElement(new QName(WORD, "rFonts", "w"));
                    out.insertAttributeWithValue(new QName(WORD, "ascii", "w"), FONT);
                    out.insertAttributeWithValue(new QName(WORD, "hAnsi", "w"), FONT);
                    out.toNextToken();
                    out.toNextToken();
                    out.beginElement(name("t"));
                    out.insertAttributeWithValue(
                            new QName("http://www.w3.org/XML/1998/namespace", "space", "xml"),
                            "preserve");
                    out.insertChars(text);
                    out.toNextToken();
                });
    }

    private void part(String name, @Nullable Tex tex) {
        within(
                name,
                () -> {
                    if (tex != null) {
                        write(tex);
                    }
                });
    }

    private void within(String name, Runnable content) {
        out.beginElement(name(name));
        content.run();
        out.toNextToken();
    }

    private void value(String name, String value) {
        out.beginElement(name(name));
        out.insertAttributeWithValue(new QName(MATH, "val", "m"), value);
        out.toNextToken();
    }

    private static QName name(String name) {
        return new QName(MATH, name, "m");
    }
}
