package io.zhiwen.conversation;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// How chats are kept.
///
/// @param unread for how long an answer is written on after its page was closed, so that a page
/// that comes back finds it running; 0 for to its end
@Validated
@ConfigurationProperties("zhiwen.chat")
public record ChatSettings(@DefaultValue("20s") Duration unread) {}
