package io.zhiwen.system;

import io.zhiwen.account.Audit;
import io.zhiwen.account.LimitSettings;
import io.zhiwen.account.SessionSettings;
import io.zhiwen.ask.TokenSettings;
import io.zhiwen.ask.prompt.AssistantSettings;
import io.zhiwen.ask.question.QuestionSettings;
import io.zhiwen.library.Retention;
import io.zhiwen.library.UploadLimit;
import io.zhiwen.settings.RuntimeSettings;
import io.zhiwen.settings.Setting;
import io.zhiwen.settings.SettingStore;
import java.util.function.Supplier;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/// Gives each feature those settings of its own that change at run time. A feature asks each time
/// and knows nothing of where they come from.
@Configuration(proxyBeanMethods = false)
class SettingsWiring {

    @Bean
    @DependsOnDatabaseInitialization
    RuntimeSettings runtimeSettings(
            JdbcClient db, TransactionOperations tx, Audit audit, Environment environment) {
        return new RuntimeSettings(new SettingStore(db, tx, audit), environment::getProperty);
    }

    @Bean
    Supplier<LimitSettings> limitSettings(RuntimeSettings settings) {
        return () ->
                new LimitSettings(
                        (int) settings.number(Setting.LIMIT_REQUESTS),
                        (int) settings.number(Setting.LIMIT_QUESTIONS),
                        (int) settings.number(Setting.LIMIT_UPLOADS),
                        (int) settings.number(Setting.LIMIT_STRANGERS));
    }

    @Bean
    Supplier<SessionSettings> sessionSettings(RuntimeSettings settings) {
        return () -> new SessionSettings(settings.time(Setting.SESSION_IDLE));
    }

    @Bean
    Supplier<TokenSettings> tokenSettings(RuntimeSettings settings) {
        return () -> new TokenSettings(settings.number(Setting.TOKENS_PER_DAY));
    }

    @Bean
    Supplier<QuestionSettings> questionSettings(RuntimeSettings settings) {
        return () -> new QuestionSettings((int) settings.number(Setting.QUESTION_LENGTH));
    }

    /// It goes by the product's name unless it has one of its own.
    @Bean
    Supplier<AssistantSettings> assistantSettings(RuntimeSettings settings) {
        return () -> {
            String own = settings.text(Setting.ASSISTANT_NAME);
            return new AssistantSettings(
                    own.isEmpty() ? settings.text(Setting.PRODUCT_NAME) : own,
                    settings.text(Setting.ASSISTANT_ABOUT));
        };
    }

    @Bean
    UploadLimit uploadLimit(RuntimeSettings settings) {
        return () -> settings.bytes(Setting.UPLOAD_MAX);
    }

    @Bean
    Supplier<Retention> retention(RuntimeSettings settings) {
        return () ->
                new Retention(
                        settings.time(Setting.DELETED_KEPT), settings.time(Setting.ATTACHED_KEPT));
    }
}
