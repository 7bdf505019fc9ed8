package io.zhiwen.library;

import io.zhiwen.node.Chore;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What was deleted is taken away, with what nothing points to.
@Configuration(proxyBeanMethods = false)
class LibraryChores {

    @Bean
    Chore purging(Purge purge) {
        return new Chore("purge", Duration.ofMinutes(1), purge::run);
    }

    @Bean
    Chore followingTheDays(InForce inForce) {
        return new Chore("days", Duration.ofMinutes(1), inForce::followTheDays);
    }

    @Bean
    Chore expiring(AttachmentExpiry attachments) {
        return new Chore("attachments", Duration.ofMinutes(1), attachments::run);
    }

    @Bean
    Chore readingTables(OldTables tables) {
        return new Chore("tables", Duration.ofMinutes(1), tables::run);
    }

    @Bean
    Chore comparing(OldLikenesses likenesses) {
        return new Chore("likenesses", Duration.ofMinutes(1), likenesses::run);
    }

    @Bean
    Chore keepingTokens(OldPassages passages) {
        return new Chore("tokens", Duration.ofMinutes(1), passages::run);
    }

    @Bean
    Chore changingSpaces(SpaceBuilder builder) {
        return new Chore("spaces", Duration.ofSeconds(2), builder::run);
    }

    @Bean
    Chore sweeping(OrphanSweep orphans) {
        return new Chore("sweep", Duration.ofHours(1), orphans::run);
    }
}
