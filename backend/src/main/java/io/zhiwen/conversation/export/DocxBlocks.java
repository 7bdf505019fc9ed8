package io.zhiwen.conversation.export;

import io.zhiwen.conversation.Formula;
import io.zhiwen.conversation.WebLink;
import java.util.ArrayList;
import java.util.List;
import org.apache.poi.xwpf.usermodel.UnderlinePatterns;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;
import org.apache.poi.xwpf.usermodel.XWPFRun;
import org.apache.poi.xwpf.usermodel.XWPFTable;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.Code;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.CustomNode;
import org.commonmark.node.Emphasis;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.jspecify.annotations.Nullable;

/// Writes the blocks of a Markdown text into a Word document. For one thread, once.
final class DocxBlocks extends AbstractVisitor {

    private static final String MONO = "Consolas";
    private static final String GREY = "5A5E64";
    private static final String BLUE = "0B5A9C";
    private static final int INDENT = 360;

    /// Keeps a document's own `[1]` from looking like a citation; on paper nothing is pressed.
    private static final String NO_CHIP = "\u2060";

    private final XWPFDocument file;
    private @Nullable XWPFParagraph paragraph;
    private String mark = "";
    private String link = "";
    private boolean inTable;
    private int depth;
    private boolean bold;
    private boolean italic;

    DocxBlocks(XWPFDocument file) {
        this.file = file;
    }

    @Override
    public void visit(Heading heading) {
        bold = true;
        begin();
        visitChildren(heading);
        bold = false;
    }

    @Override
    public void visit(Paragraph text) {
        begin();
        visitChildren(text);
    }

    @Override
    public void visit(BlockQuote quote) {
        depth++;
        visitChildren(quote);
        depth--;
    }

    @Override
    public void visit(ListItem item) {
        mark = "• ";
        if (item.getParent() instanceof OrderedList list) {
            Integer first = list.getMarkerStartNumber();
            int number = first == null ? 1 : first;
            for (Node before = item.getPrevious(); before != null; before = before.getPrevious()) {
                number++;
            }
            mark = number + ". ";
        }
        depth++;
        visitChildren(item);
        depth--;
    }

    @Override
    public void visit(FencedCodeBlock code) {
        code(code.getLiteral());
    }

    @Override
    public void visit(IndentedCodeBlock code) {
        code(code.getLiteral());
    }

    @Override
    public void visit(HtmlBlock html) {
        code(html.getLiteral());
    }

    @Override
    public void visit(HtmlInline html) {
        run(html.getLiteral());
    }

    @Override
    public void visit(StrongEmphasis strong) {
        bold = true;
        visitChildren(strong);
        bold = false;
    }

    @Override
    public void visit(Emphasis emphasis) {
        italic = true;
        visitChildren(emphasis);
        italic = false;
    }

    @Override
    public void visit(Text text) {
        run(text.getLiteral());
    }

    @Override
    public void visit(Code code) {
        run(code.getLiteral()).setFontFamily(MONO);
    }

    @Override
    public void visit(SoftLineBreak end) {
        if (paragraph != null) {
            run(" ");
        }
    }

    @Override
    public void visit(HardLineBreak end) {
        run("").addBreak();
    }

    @Override
    public void visit(Link link) {
        WebLink.of(link.getDestination())
                .ifPresentOrElse(to -> link(link, to), () -> visitChildren(link));
    }

    @Override
    public void visit(LinkReferenceDefinition definition) {
        begin();
        run("[" + definition.getLabel() + "]: " + definition.getDestination());
    }

    @Override
    public void visit(CustomNode node) {
        if (node instanceof Formula formula) {
            formula(formula);
        } else {
            visitChildren(node);
        }
    }

    @Override
    public void visit(CustomBlock block) {
        if (block instanceof TableBlock table) {
            table(table);
        } else {
            visitChildren(block);
        }
    }

    /// A line of its own in a cell is the cell's.
    private void formula(Formula formula) {
        boolean line = formula.alone() && !inTable;
        if (line && paragraph != null && !paragraph.getRuns().isEmpty()) {
            begin();
        }
        var into = paragraph == null ? begin() : paragraph;
        WordFormula.write(into, TexReader.read(formula.tex()), line);
        if (line) {
            paragraph = null;
        }
    }

    private void link(Link link, WebLink to) {
        this.link = to.target();
        visitChildren(link);
        this.link = "";
        run(" (" + to.host() + ")").setColor(GREY);
    }

    private void table(TableBlock table) {
        List<TableRow> rows = new ArrayList<>();
        for (Node part = table.getFirstChild(); part != null; part = part.getNext()) {
            for (Node row = part.getFirstChild(); row != null; row = row.getNext()) {
                rows.add((TableRow) row);
            }
        }
        int columns = cells(rows.getFirst()).size();
        XWPFTable written = file.createTable(rows.size(), columns);
        written.setWidth("100%");
        var grid = written.getCTTbl().addNewTblGrid();
        for (int c = 0; c < columns; c++) {
            grid.addNewGridCol();
        }
        inTable = true;
        for (int r = 0; r < rows.size(); r++) {
            List<TableCell> cells = cells(rows.get(r));
            bold = r == 0;
            for (int c = 0; c < cells.size(); c++) {
                paragraph = written.getRow(r).getCell(c).getParagraphs().getFirst();
                visitChildren(cells.get(c));
            }
        }
        bold = false;
        inTable = false;
        begin();
    }

    private static List<TableCell> cells(TableRow row) {
        List<TableCell> cells = new ArrayList<>();
        for (Node cell = row.getFirstChild(); cell != null; cell = cell.getNext()) {
            cells.add((TableCell) cell);
        }
        return cells;
    }

    private void code(String literal) {
        for (String line : literal.stripTrailing().split("\n", -1)) {
            begin();
            run(line).setFontFamily(MONO);
        }
    }

    private XWPFParagraph begin() {
        XWPFParagraph begun = file.createParagraph();
        begun.setSpacingAfter(100);
        begun.setIndentationLeft(depth * INDENT);
        paragraph = begun;
        if (!mark.isEmpty()) {
            String first = mark;
            mark = "";
            run(first);
        }
        return begun;
    }

    private XWPFRun run(String text) {
        var into = paragraph == null ? begin() : paragraph;
        XWPFRun run = link.isEmpty() ? into.createRun() : into.createHyperlinkRun(link);
        if (!link.isEmpty()) {
            run.setColor(BLUE);
            run.setUnderline(UnderlinePatterns.SINGLE);
        }
        run.setBold(bold);
        run.setItalic(italic);
        run.setText(text.replace(NO_CHIP, ""));
        return run;
    }
}
