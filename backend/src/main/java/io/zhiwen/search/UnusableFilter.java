package io.zhiwen.search;

/// A filter that asks for something that is not there to be asked for.
public final class UnusableFilter extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String member;

    /// @param member of the filter, as whoever asked named it
    /// @param message a sentence
    public UnusableFilter(String member, String message) {
        super(message);
        this.member = member;
    }

    static UnusableFilter noSuchField(Condition.InField asked) {
        return new UnusableFilter(
                asked.member(),
                "None of the bases searched has a field \"" + asked.field() + "\".");
    }

    static UnusableFilter otherKind(Condition.InField asked, String kinds, String takes) {
        return new UnusableFilter(
                asked.member(),
                "The field \"%s\" holds %s; what it is asked for takes %s."
                        .formatted(asked.field(), kinds, takes));
    }

    public String member() {
        return member;
    }
}
