package io.zhiwen.ask.cite;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Lets an answer through as it is written, every citation as `[n]`. Numbers of passages that
/// were never sent vanish and are counted, and so does `[?]`, which only we may write. Text is held
/// back from an opening bracket until it is
/// decided, so nothing has to be taken back. Code is left alone. For one answer and one thread.
public final class CitationFilter {

    private static final String NUMBERS = "\\d{1,4}(?:\\s{0,2}[,，、;；和&]\\s{0,2}\\d{1,4}){0,15}";
    private static final String WORD = "(?:passages?|sources?|资料|資料|文档|文檔|来源|來源)?\\s{0,2}#?\\^?";
    private static final Pattern WHOLE =
            Pattern.compile("(?i)[\\[【［]\\s{0,2}" + WORD + "(" + NUMBERS + ")\\s{0,2}[\\]】］]");
    private static final Pattern DOUBT = Pattern.compile("[\\[【［]\\s{0,2}[?？]\\s{0,2}[\\]】］]");
    private static final Pattern BEGUN =
            Pattern.compile("(?i)[\\[【［][?？\\d\\s,，、;；和&#^a-z资資料文档檔来來源]{0,64}");
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private final int passages;
    private final StringBuilder held = new StringBuilder();
    private final Set<Integer> used = new TreeSet<>();
    private int unknown;
    private char last = '\n';

    /// Length of the run of backticks that opened the code we are in; 0 outside.
    private int code;

    private int ticks;

    /// @param passages how many were sent, numbered from 1
    public CitationFilter(int passages) {
        this.passages = passages;
    }

    /// @return what may be shown now
    public String feed(String piece) {
        held.append(piece);
        return drain(false);
    }

    /// @return the rest
    public String end() {
        return drain(true);
    }

    /// The numbers cited so far.
    public Set<Integer> used() {
        return Set.copyOf(used);
    }

    /// How many numbers named no passage.
    public int unknown() {
        return unknown;
    }

    private String drain(boolean atEnd) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < held.length()) {
            char c = held.charAt(at);
            if (code > 0 || (c != '[' && c != '【' && c != '［')) {
                at = plain(c, at, out);
                continue;
            }
            closeTicks();
            if (code > 0) {
                continue;
            }
            Matcher whole = WHOLE.matcher(held).region(at, held.length());
            if (whole.lookingAt()) {
                // what follows decides whether Markdown would make a link of it
                if (whole.end() == held.length() && !atEnd) {
                    break;
                }
                cite(whole.group(1), out);
                at = whole.end();
                char next = at < held.length() ? held.charAt(at) : ' ';
                if (next == '(' || next == ':') {
                    out.append(' ');
                }
                continue;
            }
            Matcher doubt = DOUBT.matcher(held).region(at, held.length());
            if (doubt.lookingAt()) {
                at = doubt.end();
                continue;
            }
            Matcher begun = BEGUN.matcher(held).region(at, held.length());
            if (!atEnd && begun.lookingAt() && begun.end() == held.length()) {
                break;
            }
            at = plain(c, at, out);
        }
        held.delete(0, at);
        return out.toString();
    }

    private int plain(char c, int at, StringBuilder out) {
        if (c == '`') {
            ticks++;
        } else {
            closeTicks();
            // an inline code span does not reach over a paragraph
            if (code > 0 && code < 3 && c == '\n' && last == '\n') {
                code = 0;
            }
        }
        last = c;
        out.append(c);
        return at + 1;
    }

    /// At the end of a run of backticks: it opens code, or closes what a run as long opened.
    private void closeTicks() {
        if (ticks > 0) {
            if (code == 0) {
                code = ticks;
            } else if (ticks == code || (code >= 3 && ticks >= code)) {
                code = 0;
            }
            ticks = 0;
        }
    }

    private void cite(String numbers, StringBuilder out) {
        Matcher matcher = NUMBER.matcher(numbers);
        boolean any = false;
        while (matcher.find()) {
            int number = Integer.parseInt(matcher.group());
            if (number >= 1 && number <= passages) {
                used.add(number);
                out.append('[').append(number).append(']');
                any = true;
            } else {
                unknown++;
            }
        }
        if (any) {
            last = ']';
        }
    }
}
