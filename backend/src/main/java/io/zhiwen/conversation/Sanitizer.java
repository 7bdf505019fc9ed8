package io.zhiwen.conversation;

import java.util.regex.Pattern;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.PolicyFactory;

/// The second wall behind the renderer: lets through what an answer needs and nothing else.
final class Sanitizer {

    private static final Pattern DIGITS = Pattern.compile("\\d{1,4}");

    private final PolicyFactory policy =
            new HtmlPolicyBuilder()
                    .allowElements(
                            "p",
                            "br",
                            "hr",
                            "strong",
                            "em",
                            "blockquote",
                            "ul",
                            "ol",
                            "li",
                            "h3",
                            "h4",
                            "h5",
                            "h6",
                            "pre",
                            "code",
                            "table",
                            "thead",
                            "tbody",
                            "tr",
                            "th",
                            "td",
                            "a",
                            "span",
                            "button")
                    .allowAttributes("start")
                    .matching(DIGITS)
                    .onElements("ol")
                    .allowAttributes("align")
                    .matching(true, "left", "right", "center")
                    .onElements("th", "td")
                    .allowAttributes("class")
                    .matching(Pattern.compile("language-[\\w+#.-]{1,32}"))
                    .onElements("code")
                    .allowAttributes("class")
                    .matching(true, "host", "ref", "doubtful", "formula", "formula alone")
                    .onElements("span")
                    .allowAttributes("class")
                    .matching(true, "cite", "doubt")
                    .onElements("button")
                    .allowAttributes("type")
                    .matching(true, "button")
                    .onElements("button")
                    .allowAttributes("data-n")
                    .matching(DIGITS)
                    .onElements("button")
                    .allowUrlProtocols("https", "http", "mailto")
                    .allowAttributes("href")
                    .onElements("a")
                    .allowAttributes("target")
                    .matching(true, "_blank")
                    .onElements("a")
                    .requireRelsOnLinks("noopener", "noreferrer", "nofollow")
                    .toFactory();

    String clean(String html) {
        return policy.sanitize(html);
    }
}
