package io.zhiwen.node;

/// What nodes tell each other with `pg_notify`, inside the transaction that makes it true.
public enum Channel {
    /// The change log has grown.
    INDEX("zhiwen_index"),
    /// The queue has grown.
    JOB("zhiwen_job"),
    /// A running answer has grown, is to be stopped, or ended; the payload is its message.
    ANSWER("zhiwen_answer"),
    /// The line before a model server has moved; the payload is the server.
    SLOT("zhiwen_slot"),
    /// An admin changed a setting.
    SETTING("zhiwen_setting");

    private final String sqlName;

    Channel(String sqlName) {
        this.sqlName = sqlName;
    }

    /// As PostgreSQL knows it.
    public String sqlName() {
        return sqlName;
    }

    static Channel of(String sqlName) {
        for (var channel : values()) {
            if (channel.sqlName.equals(sqlName)) {
                return channel;
            }
        }
        throw new IllegalArgumentException("nobody listens to " + sqlName);
    }
}
