package io.zhiwen.account;

/// Somebody asked more often than they may.
public final class TooManyRequests extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Allowance allowance;

    public TooManyRequests(Allowance allowance) {
        super("more than " + allowance.limit() + " in a minute");
        this.allowance = allowance;
    }

    public Allowance allowance() {
        return allowance;
    }
}
