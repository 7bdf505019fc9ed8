package io.zhiwen.ask.cite;

import io.zhiwen.ask.stream.Terms;
import io.zhiwen.ingest.index.SearchText;
import java.util.regex.Pattern;

/// What of an answer claims something, without its Markdown.
final class Claims {

    private static final Pattern MARKS = Pattern.compile("\\s*\\[(?:\\d{1,4}|\\?)]|\\*{1,3}|__|`+");
    private static final Pattern OPENING =
            Pattern.compile("^\\s*(?:>\\s*)*(?:[-*+•]\\s+|\\d{1,3}[.)、]\\s*)?(?:#{1,6}\\s+)?");
    private static final Pattern CELLS = Pattern.compile("\\s*\\|\\s*");

    /// Talks with the reader or about the answer itself.
    private static final Pattern TALK =
            Pattern.compile(
                    "(?i)^(?:(?:hello|hi|thanks?|thank you|sorry|please|i |i['’]|let me|you (?:can|may|could)|here (?:is|are)|feel free"
                            + "|hope|note that|in (?:summary|short|conclusion)|based on (?:the|these)|according to the (?:passages?|documents?|sources?))\\b"
                            + "|你好|您好|抱歉|请(?!求)|希望|如(?:有|需|果您|果你)|以上(?:是|就是|内容)|以下(?:是|为)|根据(?:以上|上述|资料|所给|提供)|综上|总之|需要注意的是)");

    private static final int LEAST_TERMS = 3;

    private Claims() {}

    /// The words alone.
    static String plain(String sentence) {
        String text = OPENING.matcher(sentence).replaceFirst("");
        text = MARKS.matcher(text).replaceAll("");
        return CELLS.matcher(text).replaceAll(" ").strip();
    }

    /// Whether there is something to check.
    static boolean says(String plain) {
        boolean asks = plain.endsWith("?") || plain.endsWith("？");
        boolean leadsIn = plain.endsWith(":") || plain.endsWith("：");
        return !asks && !leadsIn && !Terms.ofQuestion(SearchText.fold(plain)).isEmpty();
    }

    /// Whether it says enough to need evidence though it names none.
    static boolean needsEvidence(String plain) {
        return Terms.ofQuestion(SearchText.fold(plain)).size() >= LEAST_TERMS
                && !TALK.matcher(plain).find();
    }
}
