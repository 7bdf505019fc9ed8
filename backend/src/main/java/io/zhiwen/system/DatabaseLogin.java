package io.zhiwen.system;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// How to reach a PostgreSQL database.
///
/// @param url of JDBC
record DatabaseLogin(String url, String user, String password) {

    /// A name and a password in the URL count before the settings' own. They leave the URL: it is
    /// shown in logs and errors, they are not.
    static DatabaseLogin of(DataSettings.Db settings) {
        String url = settings.url();
        int query = url.indexOf('?');
        if (query < 0) {
            return new DatabaseLogin(url, settings.user(), settings.password());
        }
        String user = settings.user();
        String password = settings.password();
        List<String> others = new ArrayList<>();
        for (String parameter : url.substring(query + 1).split("&", -1)) {
            if (parameter.startsWith("user=")) {
                user = value(parameter);
            } else if (parameter.startsWith("password=")) {
                password = value(parameter);
            } else if (!parameter.isEmpty()) {
                others.add(parameter);
            }
        }
        String rest = others.isEmpty() ? "" : "?" + String.join("&", others);
        return new DatabaseLogin(url.substring(0, query) + rest, user, password);
    }

    @Override
    public String toString() {
        return url + " as " + user;
    }

    private static String value(String parameter) {
        String value = parameter.substring(parameter.indexOf('=') + 1);
        return URLDecoder.decode(value, StandardCharsets.UTF_8);
    }
}
