package io.zhiwen.account;

import org.springframework.jdbc.core.simple.JdbcClient;

/// The real rights, for tests of other packages.
public final class TestAccess {

    private TestAccess() {}

    public static Access over(JdbcClient db) {
        return new DatabaseAccess(db);
    }
}
