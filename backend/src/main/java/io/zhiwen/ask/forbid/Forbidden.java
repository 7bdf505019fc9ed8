package io.zhiwen.ask.forbid;

import java.util.List;

/// What the managers of a base do not want talked about there.
///
/// @param topics questions or headings that stand for a topic; what means about the same is
/// forbidden
/// @param phrases words that may not occur, in whatever case, width or script of Chinese
/// @param patterns regular expressions in RE2's syntax, which take linear time for any text
/// @param likeness from which on a text counts as one of the topics, 0.5 to 1
/// @param reply said instead of an answer; empty for the built-in sentence
public record Forbidden(
        List<String> topics,
        List<String> phrases,
        List<String> patterns,
        double likeness,
        String reply) {

    public static final int MOST_LINES = 100;
    public static final int LONGEST_LINE = 300;
    public static final double LEAST_LIKENESS = 0.5;
    public static final double USUAL_LIKENESS = 0.75;

    /// Nothing is forbidden.
    public static final Forbidden NONE =
            new Forbidden(List.of(), List.of(), List.of(), USUAL_LIKENESS, "");

    /// @throws UnusableRule when a line is too long or empty of words, there are too many, or one
    /// is
    /// no pattern
    public Forbidden {
        topics = lines(topics);
        phrases = lines(phrases);
        patterns = lines(patterns);
        BoundedPattern.all(patterns);
        phrases.stream()
                .filter(phrase -> Folded.of(phrase).isEmpty())
                .findFirst()
                .ifPresent(
                        phrase -> {
                            throw UnusableRule.noWords(phrase);
                        });
        reply = clean(reply);
        if (reply.length() > LONGEST_LINE) {
            throw UnusableRule.tooLong(reply);
        }
        if (!(likeness >= LEAST_LIKENESS && likeness <= 1)) {
            throw UnusableRule.likeness();
        }
    }

    public boolean isEmpty() {
        return topics.isEmpty() && phrases.isEmpty() && patterns.isEmpty();
    }

    private static String clean(String text) {
        return text.replace('\0', ' ').strip();
    }

    private static List<String> lines(List<String> given) {
        List<String> lines =
                given.stream()
                        .flatMap(String::lines)
                        .map(Forbidden::clean)
                        .filter(line -> !line.isEmpty())
                        .distinct()
                        .toList();
        if (lines.size() > MOST_LINES) {
            throw UnusableRule.tooMany();
        }
        lines.stream()
                .filter(line -> line.length() > LONGEST_LINE)
                .findFirst()
                .ifPresent(
                        line -> {
                            throw UnusableRule.tooLong(line);
                        });
        return lines;
    }
}
