package io.zhiwen.evaluate.golden;

import java.util.Locale;

/// What somebody wanted with golden questions cannot be done.
public final class GoldenRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// Why.
    public enum Reason {
        EMPTY("the question has no words"),
        TOO_LONG("the question or what is expected is too long"),
        NOTHING_EXPECTED("an answerable question needs a document or a text that holds the answer"),
        TWICE("the base has this question already"),
        NO_DOCUMENT("the base has no document of this name or id"),
        AMBIGUOUS("the base has several documents of this name; use the id"),
        NOT_READABLE("this line cannot be read"),
        TOO_MANY("more lines than are taken at once"),
        NO_BASE("the answer cites nothing, so the base of the question is not known"),
        NO_QUESTIONS("the base has no golden questions");

        private final String sentence;

        Reason(String sentence) {
            this.sentence = sentence;
        }

        /// e.g. `nothing-expected`
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        String sentence() {
            return sentence;
        }
    }

    private final Reason reason;
    private final int line;
    private final String value;

    private GoldenRefused(Reason reason, int line, String value) {
        super(
                (line > 0 ? "line " + line + ": " : "")
                        + reason.sentence()
                        + (value.isEmpty() ? "" : ": " + value));
        this.reason = reason;
        this.line = line;
        this.value = value;
    }

    public static GoldenRefused because(Reason reason) {
        return new GoldenRefused(reason, 0, "");
    }

    static GoldenRefused because(Reason reason, String value) {
        return new GoldenRefused(reason, 0, value);
    }

    GoldenRefused at(int line) {
        return new GoldenRefused(reason, line, value);
    }

    public Reason reason() {
        return reason;
    }

    /// Of an import, from 1; 0 where there is none.
    public int line() {
        return line;
    }

    /// What it is about, perhaps empty.
    public String value() {
        return value;
    }
}
