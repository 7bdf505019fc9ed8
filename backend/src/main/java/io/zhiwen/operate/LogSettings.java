package io.zhiwen.operate;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How the log is written, on standard output.
///
/// @param format lines for people, or JSON for collectors
@ConfigurationProperties("zhiwen.log")
record LogSettings(@DefaultValue("text") Format format) {

    enum Format {
        TEXT,
        /// One object a line, in the fields of the Elastic Common Schema.
        JSON
    }
}
