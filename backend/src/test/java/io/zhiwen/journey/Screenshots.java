package io.zhiwen.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Makes README's pictures from the running product and its sample base; run by `.ci/screenshots`,
/// not part of the tests.
class Screenshots {

    private static final String NAME = "lin";
    private static final String PASSWORD = "correct horse battery";
    private static final Path IMAGES = Path.of("docs", "images");

    @TempDir Path folder;

    @Test
    void takeThem() throws IOException, InterruptedException {
        Map<String, String> admin =
                Map.of("ZHIWEN_ADMIN_USER", NAME, "ZHIWEN_ADMIN_PASSWORD", PASSWORD);
        try (RunningProduct product = RunningProduct.start(folder.resolve("data"), admin);
                Browsing browsing = Browsing.open()) {
            Page zh = signedIn(browsing, product, "zh-CN", 1440, 900, ColorScheme.LIGHT);
            zh.getByTestId("load-sample").first().click();
            assertThat(zh.locator("[data-testid=document-row][data-status=ready]"))
                    .hasCount(
                            zh.getByTestId("document-row").count(),
                            new LocatorAssertions.HasCountOptions().setTimeout(120_000));
            ask(zh, product, "引用的出处是怎样核对的？");
            zh.getByTestId("answer").last().locator("button.cite").first().click();
            assertThat(zh.getByTestId("highlight").first()).isVisible();
            take(zh, "chat-zh");

            Page en = signedIn(browsing, product, "en-US", 1440, 900, ColorScheme.DARK);
            ask(en, product, "Which file types can I upload?");
            en.getByTestId("answer").last().locator("button.cite").first().click();
            assertThat(en.getByTestId("highlight").first()).isVisible();
            take(en, "chat-en-dark");
            Page library = signedIn(browsing, product, "en-US", 1280, 720, ColorScheme.LIGHT);
            library.navigate(product.url() + "/library");
            library.getByTestId("base").first().locator("a").first().click();
            assertThat(library.getByTestId("document-row").first()).isVisible();
            take(library, "library-en");
            Page phone = signedIn(browsing, product, "zh-CN", 390, 800, ColorScheme.DARK);
            ask(phone, product, "Zhiwen 需要联网吗？");
            take(phone, "phone-zh-dark");
        }
    }

    private static Page signedIn(
            Browsing browsing,
            RunningProduct product,
            String locale,
            int width,
            int height,
            ColorScheme scheme) {
        Page page = browsing.page(locale, width, height, scheme);
        page.navigate(product.url() + "/sign-in");
        page.getByTestId("name").fill(NAME);
        page.getByTestId("password").fill(PASSWORD);
        page.getByTestId("sign-in-submit").click();
        page.waitForURL(url -> !url.contains("sign-in"));
        return page;
    }

    private static void ask(Page page, RunningProduct product, String question) {
        page.navigate(product.url() + "/chat");
        page.getByTestId("question-box").fill(question);
        page.getByTestId("question-box").press("Enter");
        assertThat(page.locator("[data-testid=turn][data-state=complete]").last()).isVisible();
    }

    private static void take(Page page, String name) {
        page.waitForTimeout(400);
        page.screenshot(new Page.ScreenshotOptions().setPath(IMAGES.resolve(name + ".png")));
    }
}
