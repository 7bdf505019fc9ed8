package io.zhiwen.account;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/// Real hashes that cost a hundredth of the product's, for tests that sign in often and ask nothing
/// of the hash.
@TestConfiguration(proxyBeanMethods = false)
public class QuickPasswords {

    private static final int KIBIBYTES = 64;

    static Passwords make() {
        return new Passwords(KIBIBYTES);
    }

    @Bean
    @Primary
    Passwords quickPasswords() {
        return make();
    }
}
