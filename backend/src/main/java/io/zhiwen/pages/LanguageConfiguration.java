package io.zhiwen.pages;

import io.zhiwen.settings.RuntimeSettings;
import io.zhiwen.settings.Setting;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.i18n.AcceptHeaderLocaleResolver;

/// Words in two languages: the chosen one, else the installation's, else the browser's, else
/// English. Services that come with a key say which they want.
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
    LocaleResolver localeResolver(RuntimeSettings settings) {
        return resolver(() -> settings.text(Setting.PRODUCT_LANGUAGE));
    }

    /// @param usual the installation's language, or `auto`
    static LocaleResolver resolver(Supplier<String> usual) {
        return new ChosenOrBrowsers(usual);
    }

    private static final class ChosenOrBrowsers extends AcceptHeaderLocaleResolver {

        private final Supplier<String> usual;

        private ChosenOrBrowsers(Supplier<String> usual) {
            this.usual = usual;
            setSupportedLocales(List.of(Locale.ENGLISH, Locale.CHINESE));
            setDefaultLocale(Locale.ENGLISH);
        }

        @Override
        public Locale resolveLocale(HttpServletRequest request) {
            var chosen = Preference.LANGUAGE.chosen(request);
            if (chosen == null && request.getHeader(HttpHeaders.AUTHORIZATION) == null) {
                var ours = usual.get();
                chosen = ours.equals("auto") ? null : ours;
            }
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
