package io.zhiwen.account;

import io.zhiwen.node.Chore;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What is over is forgotten.
@Configuration(proxyBeanMethods = false)
class AccountChores {

    private static final Duration EVERY = Duration.ofMinutes(10);

    @Bean
    Chore endSessions(WebSessions sessions) {
        return new Chore("end-sessions", EVERY, sessions::sweep);
    }

    @Bean
    Chore sealAudit(AuditChain chain) {
        return new Chore("seal-audit", Duration.ofSeconds(30), chain::seal);
    }

    @Bean
    Chore forgetTries(RateLimits limits) {
        return new Chore("forget-tries", EVERY, limits::sweep);
    }
}
