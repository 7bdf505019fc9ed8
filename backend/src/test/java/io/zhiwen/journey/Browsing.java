package io.zhiwen.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.LoadState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A real Chromium, in one language at a time. Remembers what the pages' console complained about.
final class Browsing implements AutoCloseable {

    private static final double PATIENCE_MILLIS = 60_000;

    private final Playwright playwright;
    private final Browser browser;
    private final List<String> complaints = new ArrayList<>();

    private Browsing(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    static Path executable() {
        String given = System.getenv("ZHIWEN_TEST_BROWSER");
        return Path.of(given != null ? given : "/usr/bin/chromium");
    }

    /// Whether a browser is here; with `CI=true` it has to be.
    static boolean isPossible() {
        return Files.isExecutable(executable()) || "true".equals(System.getenv("CI"));
    }

    static Browsing open() {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        Playwright playwright =
                Playwright.create(
                        new Playwright.CreateOptions()
                                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser =
                playwright
                        .chromium()
                        .launch(
                                new BrowserType.LaunchOptions()
                                        .setExecutablePath(executable())
                                        .setArgs(
                                                List.of(
                                                        "--no-sandbox",
                                                        "--disable-gpu",
                                                        "--disable-quic",
                                                        "--no-first-run",
                                                        "--disable-background-networking",
                                                        "--disable-component-update",
                                                        "--disable-sync")));
        return new Browsing(playwright, browser);
    }

    /// @param locale as a browser says it, e.g. `zh-CN`
    Page page(String locale, int width, int height, ColorScheme scheme) {
        BrowserContext context =
                browser.newContext(
                        new Browser.NewContextOptions()
                                .setLocale(locale)
                                .setColorScheme(scheme)
                                .setViewportSize(width, height));
        context.setDefaultTimeout(PATIENCE_MILLIS);
        Page page = context.newPage();
        page.onConsoleMessage(
                message -> {
                    if (message.type().equals("error")) {
                        complaints.add(page.url() + ": " + message.text());
                    }
                });
        page.onPageError(error -> complaints.add(page.url() + ": " + error));
        return page;
    }

    /// Somebody who is signed in on that page, where no script ever comes.
    Page withoutScripts(Page signedIn) {
        return browser.newContext(
                        new Browser.NewContextOptions()
                                .setStorageState(signedIn.context().storageState())
                                .setJavaScriptEnabled(false))
                .newPage();
    }

    List<String> complaints() {
        return complaints;
    }

    /// Fails with every rule of axe-core that the page breaks.
    static void isAccessible(Page page) {
        breaksNone(page, new AxeBuilder(page));
    }

    /// Fails where letters stand out too little: what another theme can break.
    static void isReadable(Page page) {
        breaksNone(page, new AxeBuilder(page).withRules(List.of("color-contrast")));
    }

    private static void breaksNone(Page page, AxeBuilder rules) {
        page.waitForLoadState(LoadState.LOAD); // without its styles it is another page
        assertThat(rules.analyze().getViolations())
                .as(page.url())
                .extracting(
                        rule ->
                                rule.getId()
                                        + " "
                                        + rule.getNodes().stream()
                                                .map(node -> node.getHtml())
                                                .limit(3)
                                                .toList())
                .isEmpty();
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
