package io.zhiwen.system;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The first admin of an unattended install; looked at only while there is none.
///
/// @param user their name
/// @param password of at least ten characters
@ConfigurationProperties("zhiwen.admin")
record AdminSettings(@DefaultValue("") String user, @DefaultValue("") String password) {

    @Override
    public String toString() {
        return "AdminSettings[user=" + user + "]";
    }
}
