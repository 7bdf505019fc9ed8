package io.zhiwen.ask.forbid;

/// A rule that cannot be kept; the code names why, the value is what is wrong.
public final class UnusableRule extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final String value;

    private UnusableRule(String code, String value, String message) {
        super(message);
        this.code = code;
        this.value = value;
    }

    static UnusableRule tooLong(String line) {
        String begin = line.substring(0, Math.min(40, line.length())) + "…";
        return new UnusableRule(
                "long", begin, "longer than " + Forbidden.LONGEST_LINE + " characters: " + begin);
    }

    static UnusableRule tooMany() {
        String most = String.valueOf(Forbidden.MOST_LINES);
        return new UnusableRule("many", most, "more than " + most + " rules of one kind");
    }

    static UnusableRule noWords(String phrase) {
        return new UnusableRule("empty", phrase, "nothing to compare is in: " + phrase);
    }

    static UnusableRule noPattern(String pattern, String why) {
        String value = pattern + " (" + why + ")";
        return new UnusableRule("pattern", value, "no regular expression: " + value);
    }

    static UnusableRule tooMuchWork(String pattern) {
        return new UnusableRule("work", pattern, "repeats too much: " + pattern);
    }

    static UnusableRule likeness() {
        return new UnusableRule("likeness", "50–100", "the likeness is 0.5 to 1");
    }

    public String code() {
        return code;
    }

    public String value() {
        return value;
    }
}
