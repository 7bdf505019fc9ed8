package io.zhiwen.ask.stream;

import io.zhiwen.ingest.chunk.Sentences;
import io.zhiwen.ingest.parse.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Takes a passage apart into sentences, list items and table rows.
final class Units {

    private static final String BETWEEN_CELLS = " | ";
    private static final int LONGEST_HEADING = 80;

    private static final Pattern LIST_MARK =
            Pattern.compile(
                    "^(?:[-*•·●○▪◦‣–]\\s*|\\(?\\d{1,3}[.)、）]\\s*|[（(][一二三四五六七八九十\\d]{1,3}[)）]\\s*|[一二三四五六七八九十]{1,3}、)");
    private static final Pattern ENDS = Pattern.compile("[.。!！…;；”\"」』）)]$");

    private Units() {}

    static List<Unit> of(String passage) {
        List<Span> lines = lines(passage);
        List<Unit> units = new ArrayList<>();
        int i = 0;
        while (i < lines.size()) {
            int behind = behindTable(passage, lines, i);
            if (behind - i >= 2) {
                String header = lines.get(i).of(passage);
                for (Span row : lines.subList(i + 1, behind)) {
                    units.add(unit(Unit.Kind.TABLE_ROW, passage, row, header));
                }
                i = behind;
            } else {
                addLine(units, passage, lines.get(i), i + 1 < lines.size());
                i++;
            }
        }
        return units;
    }

    private static void addLine(List<Unit> units, String passage, Span line, boolean followed) {
        String text = line.of(passage);
        if (LIST_MARK.matcher(text).find()) {
            boolean lead = text.endsWith(":") || text.endsWith("：");
            units.add(unit(lead ? Unit.Kind.LEAD_IN : Unit.Kind.LIST_ITEM, passage, line, ""));
            return;
        }
        for (Span found : Sentences.of(text)) {
            Span sentence = new Span(line.start() + found.start(), line.start() + found.end());
            boolean whole = found.length() == text.length();
            units.add(unit(kind(found.of(text), whole && followed), passage, sentence, ""));
        }
    }

    private static Unit.Kind kind(String sentence, boolean aloneOnItsLine) {
        if (sentence.endsWith("?") || sentence.endsWith("？")) {
            return Unit.Kind.QUESTION;
        }
        if (sentence.endsWith(":") || sentence.endsWith("：")) {
            return Unit.Kind.LEAD_IN;
        }
        boolean heading =
                aloneOnItsLine
                        && sentence.length() <= LONGEST_HEADING
                        && !ENDS.matcher(sentence).find();
        return heading ? Unit.Kind.HEADING : Unit.Kind.SENTENCE;
    }

    private static int behindTable(String passage, List<Span> lines, int from) {
        int to = from;
        while (to < lines.size() && lines.get(to).of(passage).contains(BETWEEN_CELLS)) {
            to++;
        }
        return to;
    }

    private static Unit unit(Unit.Kind kind, String passage, Span span, String header) {
        return new Unit(kind, span.start(), span.end(), span.of(passage), header);
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
