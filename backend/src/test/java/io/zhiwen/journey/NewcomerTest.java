package io.zhiwen.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.sun.net.httpserver.HttpServer;
import io.zhiwen.ask.stream.ScriptedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// A newcomer's first minutes, in a real browser: set up, upload, ask in two languages, open a
/// citation. One story in order.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NewcomerTest {

    private static final String PASSWORD = "correct horse battery";

    @TempDir static Path folder;
    private static RunningProduct product;
    private static Browsing browsing;
    private static Page page;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        assumeTrue(Browsing.isPossible(), "no Chromium: ./test installs it");
        product = RunningProduct.start(folder.resolve("data"), Map.of());
        browsing = Browsing.open();
        page = browsing.page("zh-CN", 1440, 900, ColorScheme.LIGHT);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (browsing != null) {
            browsing.close();
        }
        if (product != null) {
            product.close();
        }
    }

    @Test
    @Order(1)
    void theLinkThatWasPrintedMakesTheFirstAdmin() throws IOException {
        page.navigate(product.setupLink());
        Browsing.isAccessible(page);
        page.getByTestId("name").fill("lin");
        page.getByTestId("password").fill(PASSWORD);
        page.getByTestId("password-again").fill(PASSWORD);
        page.getByTestId("setup-submit").click();
        if (page.url().contains("sign-in")) {
            signIn(page);
        }
        assertThat(page.getByTestId("welcome")).isVisible();
        Browsing.isAccessible(page);
    }

    @Test
    @Order(2)
    void realFilesAreUploadedAndBecomeReady() throws IOException {
        page.navigate(product.url() + "/library");
        Browsing.isAccessible(page);
        page.getByTestId("new-base").first().click();
        page.getByTestId("base-name").fill("员工手册 Handbook");
        page.getByTestId("base-create").click();
        assertThat(page.getByTestId("base-title")).hasText("员工手册 Handbook");
        List<Path> files = files();
        page.getByTestId("file-input").setInputFiles(files.toArray(Path[]::new));
        Locator ready = page.locator("[data-testid=document-row][data-status=ready]");
        assertThat(ready)
                .hasCount(
                        files.size(), new LocatorAssertions.HasCountOptions().setTimeout(120_000));
        Browsing.isAccessible(page);
    }

    @Test
    @Order(3)
    void anUnreadableFileSaysWhyAndItsNextVersionTakesItsPlace() throws IOException {
        Path empty = Files.write(folder.resolve("空白.txt"), new byte[] {' ', '\n'});
        page.getByTestId("file-input").setInputFiles(empty);
        Locator failed = page.locator("[data-testid=document-row][data-status=failed]");
        assertThat(failed).hasCount(1, new LocatorAssertions.HasCountOptions().setTimeout(60_000));
        assertThat(failed.getByTestId("document-reason")).not().isEmpty();
        page.reload();
        page.getByTestId("failures-sum").click();
        assertThat(page.getByTestId("failure")).hasCount(1);
        assertThat(page.getByTestId("failure-retry")).hasCount(0); // it would stay empty
        failed.locator("a.name").click();
        page.getByTestId("timeline").locator("> summary").click();
        assertThat(page.getByTestId("try")).hasAttribute("data-outcome", "failed");
        Browsing.isAccessible(page);
        page.goBack();

        // the same name again, now with something in it
        Files.writeString(empty, "食堂每天十一点半开门。");
        page.getByTestId("file-input").setInputFiles(empty);
        assertThat(page.getByTestId("same-name")).containsText("空白.txt");
        Browsing.isAccessible(page);
        page.getByTestId("same-version").click();
        assertThat(page.getByTestId("toasts")).containsText("第 2 版");
        assertThat(failed).hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(60_000));
        assertThat(
                        page.getByTestId("document-row")
                                .filter(new Locator.FilterOptions().setHasText("空白.txt")))
                .hasCount(1);
        page.getByTestId("file-input").setInputFiles(empty);
        page.getByTestId("same-version").click();
        assertThat(page.getByTestId("toasts")).containsText("内容未变");
    }

    @Test
    @Order(4)
    void aQuestionInChineseIsAnsweredWithACitationThatOpensAtItsPlace() {
        ask(page, "试用期工资不得低于约定工资的百分之多少？");
        assertThat(answer(page)).containsText("百分之八十");
        openFirstCitation(page);
        assertThat(page.getByTestId("source-text").getByTestId("highlight").first())
                .containsText("百分之八十");
        assertThat(page.getByTestId("source-original"))
                .hasAttribute("href", java.util.regex.Pattern.compile("/files/.+"));
        Browsing.isAccessible(page);
    }

    @Test
    @Order(5)
    void aQuestionInEnglishIsAnsweredFromTheEnglishFile() {
        Page english = browsing.page("en-US", 1440, 900, ColorScheme.DARK);
        english.navigate(product.url() + "/sign-in");
        Browsing.isAccessible(english);
        signIn(english);
        ask(english, "How many days of annual leave does an employee have after ten years?");
        assertThat(answer(english)).containsText("15 days");
        openFirstCitation(english);
        assertThat(english.getByTestId("source-text").getByTestId("highlight").first())
                .containsText("15 days");
        Browsing.isAccessible(english);
        if (RunningProduct.sharedFiles() != null) {
            ask(english, "What exerts a constant locking force on the bolt of a Boots nut?");
            openFirstCitation(english);
            assertThat(english.getByTestId("source-page").locator("canvas")).isVisible();
            assertThat(english.locator(".sheet .box").first()).isVisible();
            Browsing.isAccessible(english);
        }
    }

    @Test
    @Order(6)
    void whatNoDocumentHoldsIsRefused() {
        ask(page, "火星上的大气压是多少？");
        assertThat(page.getByTestId("turn").last()).hasAttribute("data-refused", "true");
    }

    @Test
    @Order(7)
    void theChatIsStillThereAfterAReload() {
        page.reload();
        assertThat(page.getByTestId("answer").first()).isVisible();
        assertThat(page.getByTestId("history-item").first()).isVisible();
    }

    @Test
    @Order(8)
    void everyPageIsAccessibleInBothThemesAndOnAPhone() {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            Page phone = browsing.page("zh-CN", 390, 800, scheme);
            phone.navigate(product.url() + "/sign-in");
            signIn(phone);
            for (String path :
                    List.of(
                            "/chat",
                            "/library",
                            "/admin/users",
                            "/admin/keys",
                            "/admin/settings",
                            "/settings",
                            "/settings/notes",
                            refusals(),
                            "/docs/api",
                            "/dashboard",
                            "/work-list",
                            "/nowhere")) {
                phone.navigate(product.url() + path);
                if (scheme == ColorScheme.LIGHT) {
                    Browsing.isAccessible(phone);
                } else {
                    Browsing.isReadable(phone);
                }
                assertThat(
                                (Boolean)
                                        phone.evaluate(
                                                "document.documentElement.scrollWidth <= innerWidth"))
                        .as("%s scrolls sideways on a phone", path)
                        .isTrue();
            }
            phone.context().close();
        }
    }

    @Test
    @Order(9)
    void aPageOfAnotherSiteShowsTheChatThatOneScriptTagPutsThere() throws IOException {
        var site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        String origin = "http://127.0.0.1:" + site.getAddress().getPort();
        everyoneMayRead();
        page.navigate(product.url() + "/admin/widgets");
        page.getByTestId("new-widget").click();
        page.getByTestId("widget-name").fill("Ask HR 问人事");
        page.getByTestId("widget-origins").fill(origin);
        page.getByTestId("widget-base").first().check();
        page.getByTestId("widget-create").click();
        var script = page.getByTestId("widget-script").first().textContent();
        Browsing.isAccessible(page);
        site.createContext(
                "/",
                exchange -> {
                    var html = "<!DOCTYPE html><html lang=en><title>Intranet</title>" + script;
                    var bytes = html.getBytes(java.nio.charset.StandardCharsets.UTF_8);
                    exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
                    exchange.sendResponseHeaders(200, bytes.length);
                    exchange.getResponseBody().write(bytes);
                    exchange.close();
                });
        site.start();
        try {
            Page intranet = browsing.page("en-US", 1024, 800, ColorScheme.DARK);
            intranet.navigate(origin + "/intranet");
            intranet.getByLabel("Ask a question").click();
            var chat = intranet.frameLocator("iframe");
            chat.getByTestId("widget-question").fill("试用期工资不得低于约定工资的百分之多少？");
            chat.getByTestId("widget-send").click();
            assertThat(chat.locator(".answer")).containsText("百分之八十");
            chat.locator("button.cite").first().click();
            assertThat(chat.locator("details[open] p").first()).containsText("百分之八十");
            chat.getByTestId("widget-close").click();
            assertThat(intranet.locator("iframe")).isHidden();

            intranet.navigate(origin.replace("127.0.0.1", "localhost") + "/elsewhere");
            intranet.getByLabel("Ask a question").click();
            assertThat(intranet.locator("iframe")).isVisible();
            assertThat(chat.getByTestId("widget-question")).hasCount(0);

            page.getByTestId("widget-revoke").first().click();
            intranet.navigate(origin + "/elsewhere/revoked");
            intranet.getByLabel("Ask a question").click();
            assertThat(chat.getByTestId("widget-question")).hasCount(0);
            intranet.context().close();
        } finally {
            site.stop(0);
        }
    }

    private static void everyoneMayRead() {
        page.navigate(product.url() + "/library");
        var base = page.getByTestId("base").locator("a").first().getAttribute("href");
        page.navigate(product.url() + base + "/people");
        page.getByTestId("give-to").selectOption("everyone");
        page.getByTestId("give-save").click();
    }

    @Test
    @Order(10)
    void anAdminTriesALookSavesItAndAnnouncesIt() {
        page.navigate(product.url() + "/admin/settings");
        page.locator("[name='zhiwen.product.name']").fill("文渊");
        page.locator("[name='zhiwen.product.colour']").fill("#ffe000");
        page.getByTestId("settings-preview").click();
        assertThat(page.getByTestId("wrong-zhiwen-product-colour")).isVisible();
        page.locator("[name='zhiwen.product.colour']").fill("#8a1c3b");
        page.locator("[name='zhiwen.product.announcement']").fill("周日维护");
        page.getByTestId("settings-preview").click();
        assertThat(page.getByTestId("brand").last()).hasText("文渊");
        assertThat(page.getByTestId("announcement")).containsText("周日维护");
        assertThat(page.getByTestId("save-look")).hasCSS("background-color", "rgb(138, 28, 59)");
        page.getByTestId("save-look").click();

        Page phone = browsing.page("zh-CN", 390, 800, ColorScheme.DARK);
        phone.navigate(product.url() + "/sign-in");
        signIn(phone);
        assertThat(phone).hasTitle(java.util.regex.Pattern.compile("· 文渊$"));
        Browsing.isAccessible(phone);
        phone.getByTestId("announcement-read").click();
        assertThat(phone.getByTestId("announcement")).hasCount(0);
        phone.context().close();
        page.reload();
        assertThat(page.getByTestId("announcement")).isVisible();
        page.getByTestId("reset-zhiwen-product-announcement").click();
        assertThat(page.getByTestId("announcement")).hasCount(0);
    }

    @Test
    @Order(11)
    @DisplayName("T1: of an answer full of foreign images the page asks for none")
    void anAnswerFullOfForeignImagesAsksForNone() throws IOException {
        var visits = new AtomicInteger();
        var sink = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        sink.createContext(
                "/",
                exchange -> {
                    visits.incrementAndGet();
                    exchange.close();
                });
        sink.start();
        String url = "http://127.0.0.1:" + sink.getAddress().getPort();
        try (var model =
                new ScriptedServer(
                        c ->
                                c.stream()
                                        .delta(
                                                "{\"reasoning_content\":\"![t]("
                                                        + url
                                                        + "/t.png)\"}")
                                        .token("百分之八十 [1]。 ![a](" + url + "/a.png?q=secret)\n\n")
                                        .token("![b][r]\n\n[r]: " + url + "/b.png\n\n")
                                        .token("<img src=" + url + "/c.png> ")
                                        .token("&#60;&#105;mg src=" + url + "/d.png&#62; 完。")
                                        .finish())) {
            page.navigate(product.url() + "/admin/models");
            page.getByTestId("new-model").first().click();
            var form = page.getByTestId("new-model-form");
            form.getByTestId("model-name").fill("obeys everything");
            form.getByTestId("model-url").fill(model.url());
            form.getByTestId("model-create").click();
            assertThat(page.getByTestId("model-row")).hasCount(1);
            ask(page, "试用期工资不得低于约定工资的百分之多少？");
            assertThat(answer(page)).containsText("完");
            assertThat(answer(page).locator("img")).hasCount(0);
            page.reload();
            assertThat(answer(page)).containsText("完");
            assertThat(answer(page).locator("img")).hasCount(0);
            assertThat(visits).hasValue(0);
        } finally {
            sink.stop(0);
        }
    }

    @Test
    @Order(12)
    void noPageComplainedToTheConsole() {
        assertThat(browsing.complaints())
                .filteredOn(complaint -> !complaint.contains("/nowhere"))
                .filteredOn(complaint -> !complaint.contains("/elsewhere"))
                .isEmpty();
    }

    private static String refusals() {
        page.navigate(product.url() + "/library");
        var base = page.getByTestId("base").locator("a").first().getAttribute("href");
        return base + "/refusals";
    }

    private static void signIn(Page page) {
        page.getByTestId("name").fill("lin");
        page.getByTestId("password").fill(PASSWORD);
        page.getByTestId("sign-in-submit").click();
        page.waitForURL(url -> !url.contains("sign-in"));
    }

    private static void ask(Page page, String question) {
        page.navigate(product.url() + "/chat");
        page.getByTestId("question-box").fill(question);
        page.getByTestId("question-box").press("Enter");
        assertThat(page.locator("[data-testid=turn][data-state=complete]").last()).isVisible();
    }

    private static Locator answer(Page page) {
        return page.getByTestId("answer").last();
    }

    private static void openFirstCitation(Page page) {
        answer(page).locator("button.cite").first().click();
        assertThat(page.getByTestId("source-panel")).isVisible();
    }

    private static List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        Path shared = RunningProduct.sharedFiles();
        if (shared != null) {
            files.add(shared.resolve("zh-consumer-law-gbk.txt"));
            files.add(shared.resolve("en-aviation-handbook.pdf"));
        }
        files.add(
                Files.writeString(
                        folder.resolve("劳动合同.txt"),
                        "第二十条　劳动者在试用期的工资不得低于本单位相同岗位最低档工资或者劳动合同约定工资的百分之八十，并不得低于用人单位所在地的最低工资标准。\n\n"
                                + "第二十一条　在试用期中，除劳动者有法定情形外，用人单位不得解除劳动合同。\n",
                        Charset.forName("GB18030")));
        files.add(
                Files.writeString(
                        folder.resolve("leave.html"),
                        "<h1>Leave</h1><p>An employee has 10 days of annual leave in the first ten"
                                + " years of service and 15 days after ten years.</p>"
                                + "<h2>Sick leave</h2><p>A certificate is due on the third day.</p>"));
        return files;
    }
}
