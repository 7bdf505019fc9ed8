package io.zhiwen.evaluate.streams;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// What the `token` events of one answer add up to.
final class AnswerText {

    private static final Pattern WORD = Pattern.compile("t\\d+w\\d+");
    private static final Pattern TEXT = Pattern.compile("\"text\"\\s*:\\s*\"([^\"]*)\"");
    private static final String EVENT = "event:";
    private static final String DATA = "data:";

    private final StringBuilder text = new StringBuilder();
    private String event = "";
    private String trouble = "";

    /// @param line of the stream of events
    void add(String line) {
        if (line.startsWith(EVENT)) {
            event = line.substring(EVENT.length()).strip();
        } else if (line.startsWith(DATA) && event.equals("token")) {
            Matcher piece = TEXT.matcher(line);
            if (piece.find()) {
                text.append(piece.group(1));
            }
        } else if (line.startsWith(DATA) && event.equals("error")) {
            trouble = line;
        }
    }

    boolean isEmpty() {
        return text.isEmpty();
    }

    boolean isWhole(int ticket, int words) {
        List<String> wanted =
                IntStream.range(0, words).mapToObj(i -> ScriptedModel.word(ticket, i)).toList();
        List<String> found = new ArrayList<>();
        WORD.matcher(text).results().forEach(word -> found.add(word.group()));
        return found.equals(wanted);
    }

    /// What was said, and why no more was.
    @Override
    public String toString() {
        return text + " " + trouble;
    }
}
