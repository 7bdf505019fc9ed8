package io.zhiwen.ingest.parse.worker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableHead;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.jsoup.Jsoup;

/// Markdown with tables; the front matter is left out but for its title.
final class MarkdownReader implements DocumentReader {

    private static final Pattern FRONT_MATTER =
            Pattern.compile("\\A---\\R(.*?)\\R---\\R", Pattern.DOTALL);
    private static final Pattern TITLE = Pattern.compile("(?m)^title:\\s*[\"']?(.+?)[\"']?\\s*$");

    @Override
    public void read(Path file, Blocks to) throws IOException {
        String text = TextReader.decode(Bytes.of(file));
        Matcher front = FRONT_MATTER.matcher(text);
        if (front.find()) {
            Matcher title = TITLE.matcher(front.group(1));
            to.title(title.find() ? title.group(1) : null);
            text = text.substring(front.end());
        }
        Parser parser = Parser.builder().extensions(List.of(TablesExtension.create())).build();
        parser.parse(text).accept(new Writer(to));
    }

    private static final class Writer extends AbstractVisitor {

        private final Blocks to;
        private int depth;
        private String marker = "";

        Writer(Blocks to) {
            this.to = to;
        }

        @Override
        public void visit(Heading heading) {
            to.heading(heading.getLevel(), words(heading));
        }

        @Override
        public void visit(Paragraph paragraph) {
            if (depth > 0) {
                to.listItem(depth, marker + words(paragraph));
                marker = "";
            } else {
                to.paragraph(words(paragraph));
            }
        }

        @Override
        public void visit(BulletList list) {
            depth++;
            visitChildren(list);
            depth--;
        }

        @Override
        public void visit(OrderedList list) {
            depth++;
            Integer start = list.getMarkerStartNumber();
            int number = start == null ? 1 : start;
            for (Node item = list.getFirstChild(); item != null; item = item.getNext()) {
                marker = number++ + ". ";
                item.accept(this);
            }
            marker = "";
            depth--;
        }

        @Override
        public void visit(ListItem item) {
            visitChildren(item);
        }

        @Override
        public void visit(FencedCodeBlock code) {
            to.code(code.getLiteral());
        }

        @Override
        public void visit(IndentedCodeBlock code) {
            to.code(code.getLiteral());
        }

        @Override
        public void visit(HtmlBlock html) {
            HtmlReader.writeBody(Jsoup.parse(html.getLiteral()), to);
        }

        @Override
        public void visit(CustomBlock block) {
            if (block instanceof TableBlock) {
                table(block);
            } else {
                visitChildren(block);
            }
        }

        private void table(Node block) {
            List<List<String>> rows = new ArrayList<>();
            int headerRows = 0;
            for (Node part = block.getFirstChild(); part != null; part = part.getNext()) {
                for (Node row = part.getFirstChild(); row != null; row = row.getNext()) {
                    List<String> cells = new ArrayList<>();
                    for (Node cell = row.getFirstChild(); cell != null; cell = cell.getNext()) {
                        cells.add(cell instanceof TableCell ? words(cell) : "");
                    }
                    rows.add(cells);
                    headerRows += part instanceof TableHead ? 1 : 0;
                }
            }
            to.table(rows, headerRows);
        }

        private static String words(Node node) {
            StringBuilder words = new StringBuilder();
            append(node, words);
            return words.toString();
        }

        private static void append(Node node, StringBuilder words) {
            for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
                switch (child) {
                    case Text text -> words.append(text.getLiteral());
                    case Code code -> words.append(code.getLiteral());
                    case HardLineBreak _ -> words.append('\n');
                    case SoftLineBreak _ -> words.append('\n');
                    case HtmlInline html ->
                            words.append(html.getLiteral().matches("(?i)<br\\s*/?>") ? "\n" : "");
                    default -> append(child, words);
                }
            }
        }
    }
}
