package io.zhiwen.ask.stream;

import io.zhiwen.ingest.index.SearchText;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a question asks the meaning of, and which sentence says it: "什么是质保期？", "What is a
/// warranty?".
final class Definition {

    private static final List<Pattern> ASKED =
            List.of(
                    Pattern.compile(
                            "^(?:please )?(?:what (?:is|are|was|were)|what's|define|what does) (?:an? |the )?"
                                    + "(.{2,60}?)(?: mean| stand for)?\\s*\\?*$"),
                    Pattern.compile("^(?:请问)?(?:什么是|什么叫做?|何谓|何为)(.{1,30}?)[?？。]*$"),
                    Pattern.compile(
                            "^(?:请问)?(.{1,30}?)(?:是什么(?:意思)?|指的?是?什么|(?:的定义|的含义)是?什么?)[?？。]*$"));

    private static final String IN_BRACKETS = "(?:\\s?[（(][^（）()]{0,120}[)）])?";

    private final Pattern says;

    private Definition(String subject) {
        String said = "[“\"《「『]?" + Pattern.quote(subject) + "[”\"》」』]?" + IN_BRACKETS;
        this.says =
                Pattern.compile(
                        "^(?:an? |the )?"
                                + said
                                + "(?:\\s?(?:是|即|指|[:：])|[,，]?\\s?(?:is|are|was|were|means?|refers? to|stands for)\\b)");
    }

    /// Of the question, when it asks for a meaning.
    static Optional<Definition> askedBy(String question) {
        String folded = SearchText.fold(question).strip();
        return ASKED.stream()
                .map(pattern -> pattern.matcher(folded))
                .filter(Matcher::find)
                .map(asked -> asked.group(1).strip())
                .filter(subject -> !subject.isEmpty())
                .map(Definition::new)
                .findFirst();
    }

    /// Whether the sentence begins with the subject and says what it is.
    boolean isSaidBy(String sentence) {
        return says.matcher(SearchText.fold(sentence)).find();
    }
}
