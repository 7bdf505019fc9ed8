package io.zhiwen.account;

import java.util.Locale;

/// An account, key or password change that cannot be done as asked. Pages say why under the message
/// key `account.<code>`.
public final class AccountRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// Why.
    public enum Reason {
        NAME_INVALID("name"),
        NAME_TAKEN("name"),
        PASSWORD_TOO_SHORT("password"),
        PASSWORD_TOO_LONG("password"),
        PASSWORD_IS_NAME("password"),
        PASSWORD_UNCHANGED("password"),
        PASSWORD_WRONG("current"),
        TOO_MANY_TRIES("current"),
        LAST_ADMIN("user"),
        NO_SUCH_USER("user"),
        NO_SUCH_KEY("key"),
        NO_SUCH_GROUP("group"),
        NO_SUCH_GRANT("grant"),
        GROUPS_TOO_DEEP("group"),
        KEY_WITHOUT_BASES("bases"),
        KEY_WITHOUT_SCOPES("scopes"),
        EXPIRY_PAST("expires"),
        SETUP_LINK_INVALID("token");

        private final String field;

        Reason(String field) {
            this.field = field;
        }

        /// e.g. `password-too-short`
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /// The input it is about.
        public String field() {
            return field;
        }

        public boolean isAbsence() {
            return switch (this) {
                case NO_SUCH_USER, NO_SUCH_KEY, NO_SUCH_GROUP, NO_SUCH_GRANT -> true;
                default -> false;
            };
        }
    }

    private final Reason reason;

    public AccountRefused(Reason reason) {
        super(reason.code());
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    public String code() {
        return reason.code();
    }
}
