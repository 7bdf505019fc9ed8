package io.zhiwen.curate;

import java.util.Locale;

/// What somebody wanted with approved answers cannot be done.
public final class ApprovedRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// Why.
    public enum Reason {
        NO_QUESTION("it needs a question with words"),
        NO_TEXT("it needs an answer"),
        NO_SOURCE("it needs a document that it rests on"),
        TOO_LONG("a text is too long, or there are too many of them"),
        CITES_NOTHING("the text cites a number that no source has"),
        TWICE("another approved answer of the base has this question"),
        NO_DOCUMENT("the base has no such document that can be read"),
        AMBIGUOUS("the base has several documents of this name; use the id"),
        NO_DAY("a day is written 2026-12-31"),
        NOT_READABLE("this is no table with the columns questions, answer and documents"),
        TOO_MANY("more lines than are taken at once");

        private final String sentence;

        Reason(String sentence) {
            this.sentence = sentence;
        }

        /// e.g. `no-source`
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private final Reason reason;
    private final int line;
    private final String value;

    private ApprovedRefused(Reason reason, int line, String value) {
        super(
                (line > 0 ? "line " + line + ": " : "")
                        + reason.sentence
                        + (value.isEmpty() ? "" : ": " + value));
        this.reason = reason;
        this.line = line;
        this.value = value;
    }

    static ApprovedRefused because(Reason reason) {
        return new ApprovedRefused(reason, 0, "");
    }

    static ApprovedRefused because(Reason reason, String value) {
        return new ApprovedRefused(reason, 0, value);
    }

    ApprovedRefused at(int line) {
        return new ApprovedRefused(reason, line, value);
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
