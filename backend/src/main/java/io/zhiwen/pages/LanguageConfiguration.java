package io.zhiwen.pages;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.i18n.AcceptHeaderLocaleResolver;

/// Words in two languages: the chosen one, else the browser's, else English.
@Configuration(proxyBeanMethods = false)
class LanguageConfiguration {

    @Bean
    MessageSource messageSource() {
        var messages = new ResourceBundleMessageSource();
        messages.setBasename("messages");
        messages.setDefaultEncoding("UTF-8");
        messages.setFallbackToSystemLocale(false);
        return messages;
    }

    @Bean
    LocaleResolver localeResolver() {
        return new ChosenOrBrowsers();
    }

    private static final class ChosenOrBrowsers extends AcceptHeaderLocaleResolver {

        private ChosenOrBrowsers() {
            setSupportedLocales(List.of(Locale.ENGLISH, Locale.CHINESE));
            setDefaultLocale(Locale.ENGLISH);
        }

        @Override
        public Locale resolveLocale(HttpServletRequest request) {
            var chosen = Preference.LANGUAGE.chosen(request);
            return chosen == null ? super.resolveLocale(request) : Locale.forLanguageTag(chosen);
        }

        @Override
        public void setLocale(
                HttpServletRequest request,
                @Nullable HttpServletResponse response,
                @Nullable Locale locale) {
            throw new UnsupportedOperationException("a language is chosen by its cookie");
        }
    }
}
