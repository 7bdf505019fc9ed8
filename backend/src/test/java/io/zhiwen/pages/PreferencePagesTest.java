package io.zhiwen.pages;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.Cookie;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/// A choice is kept in the browser, and nobody is led elsewhere by it.
class PreferencePagesTest {

    private final PreferencePages pages = new PreferencePages();
    private final MockHttpServletRequest request = new MockHttpServletRequest();
    private final MockHttpServletResponse response = new MockHttpServletResponse();

    @Test
    void aChosenLanguageIsSpokenWhateverTheBrowserSays() {
        request.setCookies(new Cookie("zw_language", "zh"));
        request.addPreferredLocale(Locale.FRENCH);

        assertThat(resolved()).isEqualTo(Locale.CHINESE);
    }

    @Test
    void withoutAChoiceTheBrowserDecides() {
        request.setPreferredLocales(List.of(Locale.TRADITIONAL_CHINESE, Locale.ENGLISH));
        assertThat(resolved().getLanguage()).isEqualTo("zh");

        request.setPreferredLocales(List.of(Locale.FRENCH));
        assertThat(resolved()).isEqualTo(Locale.ENGLISH);
    }

    @Test
    void theInstallationsLanguageComesBeforeTheBrowsersAndAfterAChoice() {
        request.addPreferredLocale(Locale.ENGLISH);
        assertThat(resolved("zh")).isEqualTo(Locale.CHINESE);

        request.setCookies(new Cookie("zw_language", "en"));
        assertThat(resolved("zh")).isEqualTo(Locale.ENGLISH);
    }

    @Test
    void aServiceIsSpokenToAsItAsks() {
        request.addHeader("Authorization", "Bearer zw_any");
        request.addPreferredLocale(Locale.ENGLISH);
        assertThat(resolved("zh")).isEqualTo(Locale.ENGLISH);
    }

    @Test
    void aCookieThatIsNoChoiceCountsAsNone() {
        request.setCookies(new Cookie("zw_theme", "dark\" onload=\"x"));

        assertThat(Preference.THEME.chosen(request)).isNull();
    }

    @Test
    void autoForgetsTheChoice() {
        pages.choose(null, "auto", null, "/settings", request, response);

        assertThat(response.getHeader("Set-Cookie")).startsWith("zw_theme=;").contains("Max-Age=0");
    }

    @Test
    void aChoiceIsKeptForPagesOfThisSiteOnly() {
        pages.choose("zh", null, null, "/", request, response);

        assertThat(response.getHeader("Set-Cookie"))
                .startsWith("zw_language=zh;")
                .contains("HttpOnly", "SameSite=Lax", "Path=/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example",
                "/\\evil.example",
                "https://evil.example",
                "javascript:alert(1)",
                "/x\r\nSet-Cookie: a=b"
            })
    void nobodyIsLedToAnotherSite(String back) {
        assertThat(pages.choose("en", null, null, back, request, response)).isEqualTo("redirect:/");
    }

    @Test
    void onePageLeadsBackToItself() {
        assertThat(pages.choose("en", null, null, "/setup?token=abc-_1", request, response))
                .isEqualTo("redirect:/setup?token=abc-_1");
    }

    private Locale resolved() {
        return resolved("auto");
    }

    private Locale resolved(String usual) {
        return LanguageConfiguration.resolver(() -> usual).resolveLocale(request);
    }
}
