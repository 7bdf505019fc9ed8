package io.zhiwen.conversation;

import io.zhiwen.ask.cite.SentenceGate;
import io.zhiwen.ingest.chunk.Sentences;
import io.zhiwen.ingest.parse.Span;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.CustomNode;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.Text;

/// Wraps each sentence that is marked `[?]` in a `Doubtful`, its mark included.
final class Doubts extends AbstractVisitor {

    private static final String MARK = SentenceGate.DOUBT;

    @Override
    public void visit(Paragraph paragraph) {
        wrap(paragraph);
    }

    @Override
    public void visit(Heading heading) {
        wrap(heading);
    }

    @Override
    public void visit(CustomNode node) {
        if (node instanceof TableCell) {
            wrap(node);
        } else {
            visitChildren(node);
        }
    }

    /// Only marks directly inside the block: within a link or emphasis they stay plain text.
    private static void wrap(Node block) {
        for (Node node = block.getFirstChild(); node != null; node = node.getNext()) {
            if (node instanceof Text text && text.getLiteral().contains(MARK)) {
                int end = text.getLiteral().indexOf(MARK) + MARK.length();
                Text rest = split(text, end);
                Doubtful doubtful = new Doubtful();
                Node first = firstOfSentence(text);
                first.insertBefore(doubtful);
                for (Node moved = first; moved != rest; ) {
                    Node next = moved.getNext();
                    doubtful.appendChild(moved);
                    moved = next;
                }
                node = doubtful;
            }
        }
    }

    /// Where the sentence that ends with this text begins; the node before is split there.
    private static Node firstOfSentence(Text last) {
        StringBuilder before = new StringBuilder();
        Node from = last;
        while (from.getPrevious() != null && !(from.getPrevious() instanceof Doubtful)) {
            from = from.getPrevious();
        }
        for (Node node = from; node != last; node = node.getNext()) {
            before.append(words(node));
        }
        String said = before + last.getLiteral();
        int start = startOfLast(said);
        Node node = from;
        int at = 0;
        while (node != last && at + words(node).length() <= start) {
            at += words(node).length();
            node = node.getNext();
        }
        return node instanceof Text text && start > at ? split(text, start - at) : node;
    }

    /// Behind the citations that belong to the sentence before.
    private static int startOfLast(String said) {
        String open = said.substring(0, said.length() - MARK.length());
        int start = 0;
        for (Span sentence : Sentences.of(open)) {
            int from = sentence.start();
            while (from < open.length()
                    && open.charAt(from) == '['
                    && open.indexOf(']', from) > 0) {
                from = open.indexOf(']', from) + 1;
            }
            start = from < sentence.end() ? from : start;
        }
        return start;
    }

    private static String words(Node node) {
        if (node instanceof Text text) {
            return text.getLiteral();
        }
        StringBuilder words = new StringBuilder();
        for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
            words.append(words(child));
        }
        return words.isEmpty() ? "\n" : words.toString();
    }

    /// Cuts a text in two.
    ///
    /// @return the second, in the tree behind the first
    private static Text split(Text text, int at) {
        Text rest = new Text(text.getLiteral().substring(at));
        text.setLiteral(text.getLiteral().substring(0, at));
        text.insertAfter(rest);
        return rest;
    }
}
