package io.zhiwen.node;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// One process among several on one database.
///
/// @param name unlike that of any other; empty for the host's name and some random letters
/// @param role what it does
/// @param drain how long running answers may go on when it is told to stop
@ConfigurationProperties("zhiwen.node")
public record NodeSettings(
        @DefaultValue("") String name,
        @DefaultValue("both") NodeRole role,
        @DefaultValue("10s") Duration drain) {}
