package io.zhiwen.ask.cite;

import io.zhiwen.ask.prompt.Prompts;
import io.zhiwen.ingest.chunk.Language;
import io.zhiwen.ingest.chunk.Sentences;
import io.zhiwen.ingest.parse.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// Lets an answer through as it is written and settles each sentence at its end: a claim that names
/// no passage gets the one that bears it out, one that names the wrong passage gets the right one
/// instead, and one that nothing bears out is marked `[?]`. Only a sentence's last marks are held
/// back, so nothing has to be taken back. Code is left alone. For one answer and one thread.
public final class SentenceGate {

    /// Stands behind a sentence that the passages do not bear out.
    public static final String DOUBT = "[?]";

    private static final Pattern CITATION = Pattern.compile("\\[(\\d{1,4})]");
    private static final Pattern FOLLOWING = Pattern.compile("(?:\\s*\\[\\d{1,4}])+");
    private static final Pattern TABLE_RULE = Pattern.compile("[\\s|:-]+");
    private static final String ENDS = ".。!！?？…|";
    private static final String CLOSERS = "\"”’」』）)*_";

    private final SupportCheck check;
    private final List<Integer> all;
    private final StringBuilder sentence = new StringBuilder();
    private final Set<Integer> used = new TreeSet<>();
    private final List<Unsupported> unsupported = new ArrayList<>();
    private int given;
    private int added;
    private int corrected;
    private boolean inCode;
    private boolean inTable;
    private boolean first = true;

    /// The answer says that there is none, so nothing in it is a claim.
    private boolean silent;

    /// @param passages how many were sent, numbered from 1
    public SentenceGate(SupportCheck check, int passages) {
        this.check = check;
        this.all = IntStream.rangeClosed(1, passages).boxed().toList();
    }

    /// @param piece with citations as `[n]` only
    /// @return what may be shown now
    public String feed(String piece) {
        StringBuilder out = new StringBuilder();
        int from = 0;
        for (int at = piece.indexOf('\n'); at >= 0; at = piece.indexOf('\n', from)) {
            sentence.append(piece, from, at);
            settleWhole(out);
            settleLine(out);
            out.append('\n');
            from = at + 1;
        }
        sentence.append(piece, from, piece.length());
        settleWhole(out);
        int shown = inTableOrCode() ? sentence.length() : tailStart(sentence);
        release(out, Math.max(given, shown));
        return out.toString();
    }

    /// @return the rest
    public String end() {
        StringBuilder out = new StringBuilder();
        settleLine(out);
        return out.toString();
    }

    /// The numbers that stand in what was given.
    public Set<Integer> used() {
        return Set.copyOf(used);
    }

    public List<Unsupported> unsupported() {
        return List.copyOf(unsupported);
    }

    /// Sentences that named no passage and got one.
    public int added() {
        return added;
    }

    /// Sentences that named the wrong passage and got the right one.
    public int corrected() {
        return corrected;
    }

    private boolean inTableOrCode() {
        return inCode || startsFence() || sentence.indexOf("|") == 0;
    }

    private boolean startsFence() {
        String start = sentence.toString().stripLeading();
        return start.startsWith("```") || start.startsWith("~~~");
    }

    /// Settles the sentences that are known to have ended.
    private void settleWhole(StringBuilder out) {
        if (inTableOrCode()) {
            return;
        }
        List<Span> sentences = Sentences.of(sentence.toString());
        while (sentences.size() > 1) {
            Matcher following =
                    FOLLOWING
                            .matcher(sentence)
                            .region(sentences.getFirst().end(), sentence.length());
            int end = following.lookingAt() ? following.end() : sentences.getFirst().end();
            if (sentence.substring(end).isBlank()) {
                return;
            }
            settle(out, end);
            sentences = Sentences.of(sentence.toString());
        }
    }

    /// Settles what is left of a line.
    private void settleLine(StringBuilder out) {
        boolean fence = startsFence();
        boolean row = !inCode && sentence.indexOf("|") == 0;
        boolean rule = row && TABLE_RULE.matcher(sentence).matches();
        if (inCode || fence || rule || (row && !inTable)) {
            release(out, sentence.length());
            sentence.setLength(0);
            given = 0;
        } else {
            settle(out, sentence.length());
        }
        inCode ^= fence;
        inTable = rule || (row && inTable);
    }

    private void settle(StringBuilder out, int end) {
        String whole = sentence.substring(0, end);
        int tail = Math.max(given, tailStart(whole));
        release(out, tail);
        out.append(settled(whole, tail));
        sentence.delete(0, end);
        given = 0;
    }

    private void release(StringBuilder out, int to) {
        if (to > given) {
            String text = sentence.substring(given, to);
            note(text);
            out.append(text);
            given = to;
        }
    }

    private void note(String text) {
        Matcher numbers = CITATION.matcher(text);
        while (numbers.find()) {
            used.add(Integer.valueOf(numbers.group(1)));
        }
    }

    /// The end of a sentence with the citations it deserves.
    private String settled(String whole, int tail) {
        String marks = whole.substring(tail);
        String claim = Claims.plain(whole);
        silent |= first && Prompts.saysNoAnswer(claim);
        first &= claim.isBlank();
        if (!silent && Claims.says(claim)) {
            marks = marks(whole, claim, marks);
        }
        note(marks);
        return marks;
    }

    private String marks(String whole, String claim, String marks) {
        Set<Integer> cited = new TreeSet<>();
        CITATION.matcher(whole).results().forEach(n -> cited.add(Integer.valueOf(n.group(1))));
        Verdict verdict = cited.isEmpty() ? Verdict.MEANING : check.judge(claim, cited);
        if (verdict.holds()) {
            return marks;
        }
        List<Integer> others = new ArrayList<>(all);
        others.removeAll(cited);
        Integer bearer = check.bearer(claim, others).orElse(null);
        if (bearer != null) {
            added += cited.isEmpty() ? 1 : 0;
            corrected += cited.isEmpty() ? 0 : 1;
            return with("[" + bearer + "]", CITATION.matcher(marks).replaceAll(""), whole);
        }
        if (cited.isEmpty() && !Claims.needsEvidence(claim)) {
            return marks;
        }
        unsupported.add(new Unsupported(claim, cited.isEmpty() ? reason(claim) : verdict));
        return with(DOUBT, marks, whole);
    }

    private Verdict reason(String claim) {
        return all.isEmpty() ? Verdict.MEANING : check.judge(claim, all);
    }

    /// Puts a mark behind the last citation, or before the sign that ends the sentence.
    private static String with(String mark, String marks, String whole) {
        int at = 0;
        Matcher citations = CITATION.matcher(marks);
        while (citations.find()) {
            at = citations.end();
        }
        if (at > 0) {
            return marks.substring(0, at) + mark + marks.substring(at);
        }
        while (at < marks.length() && ENDS.indexOf(marks.charAt(at)) < 0) {
            at++;
        }
        String before = marks.substring(0, at).stripTrailing();
        String space = Language.of(Claims.plain(whole)) == Language.EN ? " " : "";
        String behind = marks.substring(at);
        String gap = at > before.length() && behind.startsWith("|") ? " " : "";
        return before + space + mark + gap + behind;
    }

    /// Where the marks at the end of a text begin.
    private static int tailStart(CharSequence text) {
        int start = text.length();
        while (start > 0) {
            char c = text.charAt(start - 1);
            int bracket = c == ']' ? openingBracket(text, start - 1) : -1;
            if (bracket >= 0) {
                start = bracket;
            } else if (Character.isWhitespace(c)
                    || ENDS.indexOf(c) >= 0
                    || CLOSERS.indexOf(c) >= 0) {
                start--;
            } else {
                break;
            }
        }
        return start;
    }

    private static int openingBracket(CharSequence text, int close) {
        int at = close - 1;
        while (at >= 0 && Character.isDigit(text.charAt(at))) {
            at--;
        }
        return at >= 0 && at < close - 1 && text.charAt(at) == '[' ? at : -1;
    }
}
