package io.zhiwen.node;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// One process among several on one database.
///
/// @param name unlike that of any other; empty for the host's name and some random letters
/// @param role what it does
@ConfigurationProperties("zhiwen.node")
public record NodeSettings(@DefaultValue("") String name, @DefaultValue("both") NodeRole role) {}
