package io.zhiwen.ask.question;

/// A question nobody can answer: without words, or too long. Its code is a message key.
public final class UnusableQuestion extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final int limit;

    private UnusableQuestion(String code, int limit, String message) {
        super(message);
        this.code = code;
        this.limit = limit;
    }

    static UnusableQuestion empty() {
        return new UnusableQuestion("error.question.empty", 1, "the question has no words");
    }

    static UnusableQuestion tooLong(int length, int limit) {
        return new UnusableQuestion(
                "error.question.too-long",
                limit,
                "the question has " + length + " characters, at most " + limit + " are taken");
    }

    public String code() {
        return code;
    }

    /// How many characters are taken at most.
    public int limit() {
        return limit;
    }
}
