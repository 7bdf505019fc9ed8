package io.zhiwen.conversation;

import io.zhiwen.ask.cite.Citation;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.commonmark.node.Node;
import org.springframework.stereotype.Component;

/// The one renderer of answers, for the stream and for the history alike. Safe for concurrent use.
@Component
public class AnswerHtml {

    /// A corner cell heads nothing; as a heading it would be announced without words.
    private static final Pattern EMPTY_HEAD = Pattern.compile("<th(?: align=\"\\w+\")?></th>");

    private final Markdown markdown = new Markdown();
    private final Sanitizer sanitizer = new Sanitizer();

    /// Sanitised HTML of an answer, one string for each top-level block of its Markdown, so that a
    /// stream sends again only what changed. `[n]` of a citation becomes
    /// `<button class="cite" type="button" data-n="n">n</button>` in a `<span class="ref">`, close
    /// to the word before it; a number without a citation
    /// stays text. A sentence with `[?]` becomes `<span class="doubtful">` with a
    /// `<button class="doubt" type="button">` at its end. Holds no image, no raw HTML of the
    /// answer, and links only to http, https and
    /// mailto.
    public List<String> blocks(String text, List<Citation> citations) {
        Set<Integer> numbers =
                citations.stream().map(Citation::number).collect(Collectors.toUnmodifiableSet());
        return cited(text, numbers);
    }

    /// The tree that the HTML is made of, with each formula a `Formula`, for files of other kinds.
    public Node tree(String text) {
        return markdown.tree(text);
    }

    /// The same by the numbers of the citations.
    public List<String> cited(String text, Set<Integer> numbers) {
        return markdown.blocks(text, numbers).stream()
                .map(html -> EMPTY_HEAD.matcher(html).replaceAll("<td></td>"))
                .map(sanitizer::clean)
                .toList();
    }
}
