package io.zhiwen.ask.stream;

import io.zhiwen.ingest.chunk.Sentences;
import io.zhiwen.ingest.parse.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Takes a passage apart into sentences, list items and table rows.
final class Units {

    private static final String BETWEEN_CELLS = " | ";
    private static final int LONGEST_HEADING = 60;

    private static final Pattern LIST_MARK =
            Pattern.compile(
                    "^(?:[-*•·●○▪◦‣–]\\s*|\\(?\\d{1,3}[.)、）]\\s*|[（(][一二三四五六七八九十\\d]{1,3}[)）]\\s*|[一二三四五六七八九十]{1,3}、)");
    private static final Pattern ENDS = Pattern.compile("[.。!！…;；”\"」』）)]$");

    private static final Pattern SAYS_SOMETHING = Pattern.compile("[\\d:：,，=]");

    private final String passage;
    private final List<String> headings;
    private final List<Span> lines;
    private final List<Unit> units = new ArrayList<>();
    private @Nullable Span leadIn;

    private Units(String passage, List<String> headings) {
        this.passage = passage;
        this.headings = headings;
        this.lines = lines(passage);
    }

    /// @param headings those the passage stands under; they may be part of its text
    static List<Unit> of(String passage, List<String> headings) {
        Units units = new Units(passage, headings);
        units.read();
        return List.copyOf(units.units);
    }

    private void read() {
        int i = 0;
        while (i < lines.size()) {
            int behind = behindTable(passage, lines, i);
            if (behind - i >= 2) {
                for (Span row : lines.subList(i + 1, behind)) {
                    add(Unit.Kind.TABLE_ROW, row, lines.get(i));
                }
                leadIn = null;
                i = behind;
            } else {
                line(i);
                i++;
            }
        }
    }

    private void line(int number) {
        Span line = lines.get(number);
        String text = line.of(passage);
        if (headings.contains(text)) {
            add(Unit.Kind.HEADING, line, null);
            leadIn = null;
        } else if (leadsIn(text)) {
            leadIn(number, line);
        } else if (LIST_MARK.matcher(text).find()) {
            add(Unit.Kind.LIST_ITEM, line, leadIn);
        } else if (text.length() <= LONGEST_HEADING && !ENDS.matcher(text).find()) {
            fragment(number, line, text);
        } else {
            sentences(line, text);
        }
    }

    /// Only what is behind the last end of a sentence leads in, and only where something follows.
    private void leadIn(int number, Span line) {
        sentences(line, line.of(passage));
        if (number + 1 < lines.size()) {
            Unit last = units.removeLast();
            add(Unit.Kind.LEAD_IN, last.span(), null);
            leadIn = last.span();
        }
    }

    /// A short line without an end: a question, a heading where a sentence or a table follows, else
    /// an item.
    private void fragment(int number, Span line, String text) {
        boolean heading =
                leadIn == null
                        && !SAYS_SOMETHING.matcher(text).find()
                        && number + 1 < lines.size()
                        && isHeaded(lines.get(number + 1).of(passage), text);
        if (isQuestion(text)) {
            add(Unit.Kind.QUESTION, line, null);
        } else {
            add(heading ? Unit.Kind.HEADING : Unit.Kind.LIST_ITEM, line, leadIn);
        }
    }

    private void sentences(Span line, String text) {
        for (Span found : Sentences.of(text)) {
            Span sentence = new Span(line.start() + found.start(), line.start() + found.end());
            boolean question = isQuestion(found.of(text));
            add(question ? Unit.Kind.QUESTION : Unit.Kind.SENTENCE, sentence, null);
        }
        leadIn = null;
    }

    /// A table, or a sentence longer than what stands above it.
    private static boolean isHeaded(String text, String heading) {
        return text.contains(BETWEEN_CELLS) || isSentence(text, heading);
    }

    private static boolean isSentence(String text, String heading) {
        return text.length() > heading.length() && ENDS.matcher(text).find();
    }

    private static boolean isQuestion(String text) {
        return text.endsWith("?") || text.endsWith("？");
    }

    private static boolean leadsIn(String text) {
        return text.endsWith(":") || text.endsWith("：");
    }

    private void add(Unit.Kind kind, Span span, @Nullable Span context) {
        units.add(new Unit(kind, span, span.of(passage), context));
    }

    private static int behindTable(String passage, List<Span> lines, int from) {
        int to = from;
        while (to < lines.size() && lines.get(to).of(passage).contains(BETWEEN_CELLS)) {
            to++;
        }
        return to;
    }

    /// Lines that are not blank, without the white space around them.
    private static List<Span> lines(String passage) {
        List<Span> lines = new ArrayList<>();
        int start = 0;
        while (start < passage.length()) {
            int end = passage.indexOf('\n', start);
            if (end < 0) {
                end = passage.length();
            }
            int from = start;
            int to = end;
            while (from < to && Character.isWhitespace(passage.charAt(from))) {
                from++;
            }
            while (to > from && Character.isWhitespace(passage.charAt(to - 1))) {
                to--;
            }
            if (from < to) {
                lines.add(new Span(from, to));
            }
            start = end + 1;
        }
        return lines;
    }
}
