package io.zhiwen.conversation;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.InlineParserContext;
import org.commonmark.parser.Parser;
import org.commonmark.parser.beta.LinkInfo;
import org.commonmark.parser.beta.LinkResult;
import org.commonmark.parser.beta.Scanner;
import org.commonmark.renderer.html.HtmlRenderer;

/// Markdown to HTML, not yet sanitised. Safe for concurrent use.
final class Markdown {

    /// A document's own `[1]`, escaped by whoever quoted it, is no citation: an invisible joiner
    /// keeps it from looking like one.
    private static final Pattern LITERAL = Pattern.compile("\\\\\\[(?=[\\d?])");

    private static final String NO_CHIP = Matcher.quoteReplacement("\\[\u2060");

    private static final int NESTING = 32;

    private final Parser parser =
            Parser.builder()
                    .extensions(List.of(TablesExtension.create()))
                    .maxOpenBlockParsers(NESTING)
                    .maxInlineNesting(NESTING)
                    .linkProcessor(Markdown::noReferences)
                    .customInlineContentParserFactory(new Formulas())
                    .build();

    /// @param citations the numbers that become chips
    List<String> blocks(String text, Set<Integer> citations) {
        HtmlRenderer renderer =
                HtmlRenderer.builder()
                        .extensions(List.of(TablesExtension.create()))
                        .escapeHtml(true)
                        .sanitizeUrls(true)
                        .nodeRendererFactory(html -> new AnswerNodes(html, citations))
                        .build();
        List<String> blocks = new ArrayList<>();
        Node block = tree(text).getFirstChild();
        while (block != null) {
            blocks.add(renderer.render(block));
            block = block.getNext();
        }
        return blocks;
    }

    Node tree(String text) {
        Node document = parser.parse(LITERAL.matcher(text).replaceAll(NO_CHIP));
        document.accept(new Doubts());
        return document;
    }

    /// A definition such as `[1]: http://example.org` must not turn every `[1]` into a link.
    private static LinkResult noReferences(
            LinkInfo info, Scanner scanner, InlineParserContext context) {
        if (info.destination() != null) {
            return LinkResult.none();
        }
        String label =
                info.label() == null || info.label().isEmpty() ? info.text(scanner) : info.label();
        if (context.getDefinition(LinkReferenceDefinition.class, label) == null) {
            return LinkResult.none();
        }
        return LinkResult.replaceWith(
                new Text("[" + info.text(scanner) + "]"), info.afterTextBracket());
    }
}
