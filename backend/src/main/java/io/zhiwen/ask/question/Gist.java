package io.zhiwen.ask.question;

import java.util.List;
import java.util.regex.Pattern;

/// What a long text asks. An encoder reads the first page of a pasted mail at most, and what it
/// asks often stands at the end.
final class Gist {

    /// Characters that are read as they are.
    private static final int SHORT = 400;

    private static final Pattern SENTENCE =
            Pattern.compile("[^.。!！?？\\n;；]*[.。!！?？\\n;；]+|[^.。!！?？\\n;；]+$");

    private static final Pattern ASKS = Pattern.compile("[?？]\\W*$");

    private Gist() {}

    /// Its last sentences that ask, as many as are short together; the text itself where it is
    /// short or asks nothing.
    static String of(String text) {
        if (text.length() <= SHORT) {
            return text;
        }
        List<String> asking =
                SENTENCE.matcher(text)
                        .results()
                        .map(sentence -> sentence.group().strip())
                        .filter(sentence -> ASKS.matcher(sentence).find())
                        .filter(sentence -> sentence.length() <= SHORT)
                        .toList();
        StringBuilder gist = new StringBuilder();
        for (String sentence : asking.reversed()) {
            if (gist.length() + sentence.length() >= SHORT) {
                break;
            }
            gist.insert(0, sentence + " ");
        }
        return gist.isEmpty() ? text : gist.toString().strip();
    }
}
