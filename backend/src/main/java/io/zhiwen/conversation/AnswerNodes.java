package io.zhiwen.conversation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlWriter;

/// How an answer's nodes differ from plain Markdown: citations are chips, sentences that
/// nothing bears out are underlined, links show where they
/// lead, images are their words only, headings stay below those of the page.
final class AnswerNodes implements NodeRenderer {

    private static final Pattern NUMBER = Pattern.compile("\\[(?:(\\d{1,4})|\\?)]");

    /// Whatever level a model begins with, none is skipped below the question's own heading.
    private static final String HEADING = "h3";

    private final HtmlNodeRendererContext context;
    private final HtmlWriter html;
    private final Set<Integer> citations;

    AnswerNodes(HtmlNodeRendererContext context, Set<Integer> citations) {
        this.context = context;
        this.html = context.getWriter();
        this.citations = citations;
    }

    @Override
    public Set<Class<? extends Node>> getNodeTypes() {
        return Set.of(
                Text.class,
                Link.class,
                Image.class,
                Heading.class,
                Doubtful.class,
                Formula.class,
                LinkReferenceDefinition.class);
    }

    @Override
    public void render(Node node) {
        switch (node) {
            case Text text -> text(text.getLiteral());
            case Link link -> link(link);
            case Image image -> children(image);
            case Heading heading -> heading(heading);
            case Doubtful doubtful -> doubtful(doubtful);
            case Formula formula -> formula(formula);
            case LinkReferenceDefinition definition -> definition(definition);
            default -> throw new IllegalArgumentException("not asked for " + node);
        }
    }

    private void text(String literal) {
        Matcher matcher = NUMBER.matcher(literal);
        int from = 0;
        while (matcher.find()) {
            if (matcher.group(1) == null) {
                html.text(literal.substring(from, matcher.start()).stripTrailing());
                doubt();
                from = matcher.end();
            } else if (citations.contains(Integer.valueOf(matcher.group(1)))) {
                html.text(literal.substring(from, matcher.start()).stripTrailing());
                chip(matcher.group(1));
                from = matcher.end();
            }
        }
        html.text(literal.substring(from));
    }

    /// A sentence nothing bears out, and a sign that can be reached by keyboard to say so.
    private void doubtful(Doubtful doubtful) {
        html.tag("span", Map.of("class", "doubtful"));
        children(doubtful);
        html.tag("/span");
    }

    private void doubt() {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("class", "doubt");
        attributes.put("type", "button");
        sign(attributes, "?");
    }

    private void chip(String number) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("class", "cite");
        attributes.put("type", "button");
        attributes.put("data-n", number);
        sign(attributes, number);
    }

    /// Its `span` stays on the line of the word before it.
    private void sign(Map<String, String> attributes, String said) {
        html.tag("span", Map.of("class", "ref"));
        html.tag("button", attributes);
        html.text(said);
        html.tag("/button");
        html.tag("/span");
    }

    private void link(Link link) {
        WebLink to = WebLink.of(link.getDestination()).orElse(null);
        if (to == null) {
            children(link);
            return;
        }
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("href", to.target());
        attributes.put("rel", "noopener noreferrer nofollow");
        attributes.put("target", "_blank");
        html.tag("a", attributes);
        children(link);
        html.tag("/a");
        html.raw(" ");
        html.tag("span", Map.of("class", "host"));
        html.text(to.host());
        html.tag("/span");
    }

    private void heading(Heading heading) {
        String tag = HEADING;
        html.line();
        html.tag(tag);
        children(heading);
        html.tag("/" + tag);
        html.line();
    }

    /// As TeX; the page draws it.
    private void formula(Formula formula) {
        html.tag("span", Map.of("class", formula.alone() ? "formula alone" : "formula"));
        html.text(formula.tex());
        html.tag("/span");
    }

    private void definition(LinkReferenceDefinition definition) {
        html.tag("p");
        text("[" + definition.getLabel() + "]");
        html.text(": " + definition.getDestination());
        html.tag("/p");
    }

    private void children(Node parent) {
        Node child = parent.getFirstChild();
        while (child != null) {
            Node next = child.getNext();
            context.render(child);
            child = next;
        }
    }
}
