package io.zhiwen.outgoing;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// What may be reached beside the public internet.
///
/// @param allow hosts (`wiki.lan`, `*.corp.example`), addresses (`10.1.2.3`) and networks
/// (`10.1.0.0/16`) of one's own that sources and webhooks may connect to
@Validated
@ConfigurationProperties("zhiwen.outgoing")
public record OutgoingSettings(@DefaultValue List<String> allow) {

    public OutgoingSettings {
        allow = allow.stream().map(String::strip).filter(one -> !one.isEmpty()).toList();
    }
}
