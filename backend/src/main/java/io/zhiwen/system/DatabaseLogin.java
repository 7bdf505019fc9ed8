package io.zhiwen.system;

/// How to reach a PostgreSQL database.
///
/// @param url of JDBC
record DatabaseLogin(String url, String user, String password) {

    @Override
    public String toString() {
        return url + " as " + user;
    }
}
