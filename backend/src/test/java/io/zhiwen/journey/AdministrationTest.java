package io.zhiwen.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.SelectOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// An admin's rounds in a real browser: who may read what, what is found and answered and how
/// well, and what was done by whom. One story in order.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AdministrationTest {

    private static final String NAME = "lin";
    private static final String PASSWORD = "correct horse battery";
    private static final String BASE = "员工手册 Handbook";
    private static final String DAYS = "How many days of annual leave does an employee have?";
    private static final String CHAIR = "Which chair does the quarterly zeppelin committee use?";

    @TempDir static Path folder;
    private static Elsewhere elsewhere;
    private static RunningProduct product;
    private static Browsing browsing;
    private static Page page;
    private static Album album;
    private static String base;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        assumeTrue(Browsing.isPossible(), "no Chromium: ./test installs it");
        PlaywrightAssertions.setDefaultAssertionTimeout(20_000); // as long as a click may take
        elsewhere = new Elsewhere();
        product =
                RunningProduct.start(
                        folder.resolve("data"),
                        Map.of(
                                "ZHIWEN_ADMIN_USER",
                                NAME,
                                "ZHIWEN_ADMIN_PASSWORD",
                                PASSWORD,
                                "ZHIWEN_OUTGOING_ALLOW",
                                "127.0.0.1",
                                "ZHIWEN_OIDC_ISSUER",
                                elsewhere.issuer(),
                                "ZHIWEN_OIDC_CLIENTID",
                                "zhiwen",
                                "ZHIWEN_EMBEDDING_URL",
                                elsewhere.url() + "/v1",
                                "ZHIWEN_EMBEDDING_MODELS",
                                "bge-m3"));
        browsing = Browsing.open();
        page = browsing.page("en-US", 1440, 900, ColorScheme.LIGHT);
        signIn(page);
        album = new Album(browsing, page);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (browsing != null) {
            browsing.close();
        }
        if (product != null) {
            product.close();
        }
        if (elsewhere != null) {
            elsewhere.close();
        }
    }

    @Test
    @Order(1)
    void aBaseIsMadeWithAFolderInIt() throws IOException {
        go("/library");
        page.getByTestId("new-base").first().click();
        page.getByTestId("base-name").fill(BASE);
        click("base-create");
        assertThat(page.getByTestId("base-title")).hasText(BASE);
        base = page.url().replaceFirst("^https?://[^/]+", "");
        page.getByTestId("file-input")
                .setInputFiles(
                        new Path[] {
                            file(
                                    "leave.txt",
                                    "An employee has 10 days of annual leave in the first ten years"
                                            + " of service and 15 days after ten years.\n"),
                            file(
                                    "holidays.txt",
                                    "An employee has 10 days of annual leave in the first ten years"
                                            + " of service, and 15 days after ten years.\n"),
                            file("差旅报销.txt", "出差住宿每晚不超过六百元，凭发票报销。\n\n机票须提前七天预订，经济舱为限。\n")
                        });
        assertReady(3);
        click("folder-new");
        page.getByTestId("folder-name").fill("薪酬 Pay");
        click("folder-create");
        assertThat(page.getByTestId("base-title")).hasText("薪酬 Pay");
        page.getByTestId("file-input")
                .setInputFiles(
                        file("salary.txt", "The salary is paid on the 10th of each month.\n"));
        assertReady(1);
        album.take("folder", page);
        go(base);
        album.take("base", page);
    }

    @Test
    @Order(2)
    void aGroupInAGroupReadsWhatTheOuterOneMay() {
        go("/admin/users");
        click("new-user");
        page.getByTestId("new-user-form").getByTestId("name").fill("wei");
        click("user-create");
        assertThat(page.getByTestId("one-time-password")).not().isEmpty();
        go("/admin/users");
        album.take("users", page);
        follow(page.getByTestId("user-link").filter(has("wei")));
        album.take("user", page);
        for (String name : List.of("公司 Company", "人事部 People team")) {
            go("/admin/groups");
            click("new-group");
            page.getByTestId("group-name").fill(name);
            click("group-create");
        }
        openGroup("人事部 People team");
        page.getByTestId("group-person").selectOption(label("wei"));
        click("group-person-add");
        assertThat(page.getByTestId("group-people")).containsText("wei");
        openGroup("公司 Company");
        page.getByTestId("group-inner").selectOption(label("人事部 People team"));
        click("group-inner-add");
        assertThat(page.getByTestId("group-inside")).containsText("人事部 People team");
        album.take("group", page);
        Browsing.isAccessible(page);

        go(base);
        click("base-menu");
        click("base-people");
        page.getByTestId("give-to").selectOption(label("公司 Company"));
        click("give-save");
        assertThat(page.getByTestId("grant-row")).containsText("公司 Company");
        why("wei");
        assertThat(page.getByTestId("why-said")).containsText("Reader");
        assertThat(page.getByTestId("why-said")).containsText("人事部 People team");
        assertThat(page.getByTestId("why-said")).containsText("公司 Company");
        album.take("people-why", page);
        Browsing.isAccessible(page);
    }

    @Test
    @Order(3)
    void aClosedFolderIsReadOnlyByWhomItNames() {
        go(base);
        click("folder-link");
        click("base-menu");
        click("folder-rights");
        page.getByTestId("mode-closed").check();
        click("mode-save");
        why("wei");
        assertThat(page.getByTestId("why-said")).containsText("wei cannot");
        page.getByTestId("give-to").selectOption(label("人事部 People team"));
        click("give-save");
        why("wei");
        assertThat(page.getByTestId("why-said")).containsText("Reader");
        album.take("folder-rights", page);
        Browsing.isAccessible(page);
        go(base);
        assertThat(page.getByTestId("folders").getByRole(AriaRole.IMG)).isVisible();
    }

    @Test
    @Order(4)
    void aSearchIsNarrowedAndWidenedAgain() {
        go("/search");
        album.take("search-empty", page);
        page.getByTestId("search-query").fill("annual leave 报销");
        page.getByTestId("search-query").press("Enter");
        assertThat(page.getByTestId("found").first().locator("mark").first()).isVisible();
        int all = page.getByTestId("found").count();
        album.take("search", page);
        Browsing.isAccessible(page);
        page.getByTestId("facets").locator("a.chip").first().click();
        assertThat(page.getByTestId("search-clear")).isVisible();
        click("search-clear");
        assertThat(page.getByTestId("found")).hasCount(all);
        page.getByTestId("search-query").fill("zeppelin");
        click("search-go");
        assertThat(page.getByTestId("search-none")).isVisible();
        album.take("search-none", page);
    }

    @Test
    @Order(5)
    void whatIsAskedInVainComesUpForWork() {
        ask(page, DAYS);
        assertThat(answer(page)).containsText("10 days");
        page.getByTestId("thumb-up").last().click();
        ask(page, CHAIR);
        assertThat(page.getByTestId("turn").last()).hasAttribute("data-refused", "true");
        album.take("refused", page);
    }

    @Test
    @Order(6)
    void aPassageIsCorrectedAndItsNeighboursAreSeen() {
        openDocument("leave.txt");
        album.take("document", page);
        click("document-passages");
        album.take("passages", page);
        Browsing.isAccessible(page);
        page.getByTestId("passage-close").first().click();
        assertThat(page.getByTestId("neighbour").filter(has("holidays.txt"))).not().hasCount(0);
        assertThat(page.getByTestId("neighbour-alike").first()).isVisible();
        album.take("neighbours", page);
        Browsing.isAccessible(page);
        page.goBack();
        page.getByTestId("passage-change").first().click();
        Locator text = page.getByTestId("passage-text").first();
        text.fill(text.inputValue().replace("10 days", "12 days"));
        page.getByTestId("passage-save").first().click();
        assertThat(page.getByTestId("passage-edit")).containsText("12 days");
        album.take("passages-changed", page);
    }

    @Test
    @Order(7)
    void aKeyIsShownOnceLimitedAndTakenBack() {
        go("/admin/keys");
        click("new-key");
        page.getByTestId("key-name").fill("Intranet 门户");
        page.getByTestId("key-base").check();
        click("key-create");
        assertThat(page.getByTestId("key-secret")).containsText(Pattern.compile("^zw"));
        go("/admin/keys");
        assertThat(page.getByTestId("key-secret")).hasCount(0);
        click("key-limit");
        page.getByTestId("limit-requests").fill("60");
        click("limits-save");
        assertThat(page.getByTestId("key-limits")).containsText("60");
        album.take("keys", page);
        album.takeDialog("key-new", page, "new-key");
        click("key-revoke");
        click("key-revoke-confirm");
        assertThat(page.getByTestId("key-row")).containsText("Revoked");
    }

    @Test
    @Order(8)
    void aWebhookIsToldAndSaysWhatCameOfIt() {
        go("/admin/webhooks");
        album.take("webhooks-none", page);
        click("new-webhook");
        page.getByTestId("webhook-name").fill("工单系统 Tickets");
        page.getByTestId("webhook-url").fill("ftp://127.0.0.1/");
        page.getByTestId("webhook-event").first().check();
        click("webhook-create");
        assertThat(page.getByTestId("wrong")).isVisible();
        click("new-webhook");
        page.getByTestId("webhook-name").fill("工单系统 Tickets");
        page.getByTestId("webhook-url").fill(elsewhere.url() + "/told");
        page.getByTestId("webhook-event").first().check();
        click("webhook-create");
        assertThat(page.getByTestId("webhook-secret")).not().isEmpty();
        Browsing.isAccessible(page);
        click("webhook-ping");
        until("webhook-told", "Taken");
        assertThat(elsewhere.told()).contains("ping");
        page.getByTestId("webhook-row").locator("summary").click();
        Browsing.isAccessible(page);
        album.take("webhooks", page);
        album.takeDialog("webhook-new", page, "new-webhook");
        click("webhook-delete");
        assertThat(page.getByTestId("empty")).isVisible();
    }

    @Test
    @Order(9)
    void goldenQuestionsSayWhetherAProfileMayGoLive() {
        go("/admin/evaluation");
        follow(page.getByTestId("evaluation-bases").locator("a.name"));
        click("new-question");
        page.getByTestId("golden-text").fill("机票要提前几天订？");
        page.getByTestId("golden-documents").selectOption(label("差旅报销.txt"));
        click("golden-create");
        assertThat(page.getByTestId("golden-row")).hasCount(1);
        String golden = page.url();
        run(null);
        go("/admin/evaluation");
        click("new-profile");
        page.getByTestId("profile-name").fill("Wide 宽");
        page.locator("[name=candidates]").fill("80");
        click("profile-create");
        makeLive();
        assertThat(page.getByTestId("obstacles")).isVisible();
        page.navigate(golden);
        run("Wide 宽");
        album.take("run", page);
        page.navigate(golden);
        album.take("golden", page);
        Browsing.isAccessible(page);
        click("compare");
        assertThat(page.getByTestId("compare-row")).hasCount(1);
        album.take("compare", page);
        Browsing.isAccessible(page);
        click("make-live");
        assertThat(page.locator("[data-testid=profile-row][data-live=true]"))
                .containsText("Wide 宽");
        album.take("evaluation", page);
        Browsing.isAccessible(page);
    }

    @Test
    @Order(10)
    void anItemOfTheWorkListIsAnsweredForGood() {
        go("/work-list");
        until("work-row", CHAIR);
        album.take("work-list", page);
        Browsing.isAccessible(page);
        page.getByTestId("work-row").filter(has(CHAIR)).locator("a.name").click();
        if (page.getByTestId("work-give").count() > 0) {
            click("work-give");
        }
        album.take("work-item", page);
        Browsing.isAccessible(page);
        page.getByTestId("answer-text").fill("The green one. [1]");
        page.getByTestId("answer-document").first().selectOption(label("leave.txt"));
        click("work-answer");
        assertThat(page.getByTestId("work-state")).hasText("Done");
        album.take("work-done", page);
        ask(page, CHAIR);
        assertThat(answer(page)).containsText("The green one.");
        go(base + "/answers");
        assertThat(page.getByTestId("answer-row")).containsText(CHAIR);
        album.take("answers", page);
        Browsing.isAccessible(page);
        page.getByTestId("answer-row").locator("a.name").click();
        album.take("answer", page);
    }

    @Test
    @Order(11)
    void theDashboardCountsWhatHappenedAndGivesItAway() throws IOException {
        go("/dashboard");
        assertThat(page.locator("[data-tile=questions] dd").first()).hasText("3");
        assertThat(page.getByTestId("dashboard-plots").locator("svg").first()).isVisible();
        assertThat(page.getByTestId("dashboard-used")).containsText("leave.txt");
        Browsing.isAccessible(page);
        album.take("dashboard", page);
        click("dashboard-csv");
        Download csv = page.waitForDownload(() -> page.getByTestId("dashboard-csv-days").click());
        assertThat(csv.path()).content().contains("questions");
        click("dashboard-rows");
        assertThat(page.locator("details[open] table.numbers")).isVisible();
        page.getByTestId("dashboard-base").selectOption(label(BASE));
        click("dashboard-show");
        assertThat(page.getByTestId("dashboard-used")).containsText("leave.txt");
    }

    @Test
    @Order(12)
    void tickedDocumentsAreTaggedMovedPutAsideAndDeleted() {
        go(base);
        tick("holidays.txt", "差旅报销.txt");
        page.getByTestId("bulk-tag-name").fill("人事");
        click("bulk-tag");
        assertThat(page.getByTestId("document-tag")).hasCount(2);
        tick("holidays.txt");
        click("bulk-disable");
        assertThat(row("holidays.txt").getByTestId("document-note")).isVisible();
        album.take("base-tagged", page);
        tick("holidays.txt");
        page.getByTestId("bulk-to").selectOption(label("薪酬 Pay"));
        click("bulk-move");
        assertThat(row("holidays.txt")).hasCount(0);
        click("folder-link");
        page.getByTestId("tick-all").check();
        Browsing.isAccessible(page);
        click("bulk-delete");
        assertThat(page.getByTestId("empty")).isVisible();
    }

    @Test
    @Order(13)
    void anotherBrowserIsSignedOutFromHere() {
        Page other = browsing.page("zh-CN", 390, 800, ColorScheme.DARK);
        signIn(other);
        go("/settings");
        assertThat(page.getByTestId("session")).hasCount(2);
        album.take("own-settings", page);
        Browsing.isAccessible(page);
        click("session-end");
        assertThat(page.getByTestId("session")).hasCount(1);
        other.navigate(product.url() + "/library");
        assertThat(other.getByTestId("sign-in-submit")).isVisible();
        other.context().close();
    }

    @Test
    @Order(14)
    void theAuditSaysWhoDidItAndThatNothingIsMissing() throws IOException {
        go("/admin/audit");
        album.take("audit", page);
        page.getByTestId("audit-actor").fill(NAME);
        page.getByTestId("audit-action").selectOption("key.create");
        click("audit-find");
        assertThat(page.getByTestId("audit-row")).hasCount(1);
        assertThat(page.getByTestId("audit-row")).containsText("Intranet 门户");
        Browsing.isAccessible(page);
        Download csv = page.waitForDownload(() -> page.getByTestId("audit-csv").click());
        assertThat(csv.path()).content().contains("key.create");
        click("audit-check");
        assertThat(page.getByTestId("flash")).isVisible();
    }

    @Test
    @Order(15)
    void aSettingIsCheckedWhenItsFieldIsLeftAndAServerWhenItIsAsked() {
        go("/admin/settings");
        Locator questions = page.locator("[name='zhiwen.limits.questions']");
        questions.fill("many");
        questions.press("Tab");
        assertThat(page.getByTestId("wrong-zhiwen-limits-questions")).containsText("1,000,000");
        assertThat(questions).hasAttribute("aria-invalid", "true");
        Browsing.isAccessible(page);
        questions.fill("90");
        questions.press("Tab");
        assertThat(page.getByTestId("wrong-zhiwen-limits-questions")).hasCount(0);

        test("oidc");
        assertThat(page.getByTestId("server-tried")).containsText("/company/token");
        test("embedding");
        assertThat(page.getByTestId("server-tried")).containsText("bge-m3: 3");
        elsewhere.embeds(false);
        test("embedding");
        assertThat(page.getByTestId("server-tried")).containsText("no such key");
        Browsing.isAccessible(page);
        album.take("settings", page);
        album.keep("servers", page);
    }

    @Test
    @Order(16)
    void aWidgetSpeaksAndLooksAsItsTagSays() throws IOException {
        go("/admin/widgets");
        click("new-widget");
        page.getByTestId("widget-name").fill("Ask HR 问人事");
        page.getByTestId("widget-origins").fill(elsewhere.url());
        page.getByTestId("widget-base").first().check();
        click("widget-create");
        album.take("widgets", page);
        elsewhere.publishes(
                page.getByTestId("widget-script")
                        .textContent()
                        .replaceFirst("data-language=\"\\w+\"", "data-language=\"zh\"")
                        .replaceFirst("data-theme=\"\\w+\"", "data-theme=\"dark\""));
        Page intranet = browsing.page("en-US", 1024, 800, ColorScheme.LIGHT);
        intranet.navigate(elsewhere.url() + "/intranet");
        intranet.getByLabel("提问").click();
        Locator chat = intranet.frameLocator("iframe").locator("html");
        assertThat(chat).hasAttribute("lang", Pattern.compile("^zh"));
        assertThat(chat).hasAttribute("data-theme", "dark");
        assertThat(chat.getByTestId("widget-question")).hasAttribute("placeholder", "输入问题");
        assertThat(chat.locator("body")).hasCSS("color-scheme", "dark");
        album.keep("widget", intranet);
        intranet.context().close();
    }

    @Test
    @Order(99)
    void noPageComplainedToTheConsole() {
        assertThat(browsing.complaints()).isEmpty();
    }

    @Test
    @Order(90)
    void dialogsOpenAndCloseBeforeAnyScriptHasCome() {
        Page bare = browsing.withoutScripts(page);
        bare.navigate(product.url() + base);
        bare.getByTestId("folder-new").click();
        assertThat(bare.getByTestId("folder-name")).isVisible();
        bare.locator("dialog[open] button[command=close]").click();
        assertThat(bare.getByTestId("folder-name")).not().isVisible();
        bare.navigate(product.url() + "/admin/models");
        bare.getByTestId("new-model").click();
        assertThat(bare.locator("dialog[open]").getByTestId("model-name")).isVisible();
        bare.context().close();
    }

    @Test
    @Order(91)
    void oneOfManyPeopleIsFoundByPartOfTheirName() {
        go("/admin/users");
        page.evaluate(
                """
                async () => {
                  const csrf = document.querySelector("meta[name=csrf]");
                  for (let i = 1; i <= 21; i++) {
                    await fetch("/admin/users", {
                      method: "POST",
                      headers: { [csrf.dataset.header]: csrf.content },
                      redirect: "manual",
                      body: new URLSearchParams({ name: `aardvark${i}` }),
                    });
                  }
                }
                """);
        go("/admin/groups");
        click("new-group");
        page.getByTestId("group-name").fill("Many 众人");
        click("group-create");
        Locator person = page.getByTestId("group-person");
        assertThat(person.locator("option").filter(has("wei"))).hasCount(0);
        page.waitForLoadState();
        page.getByTestId("find-words").fill("WEI");
        assertThat(page.getByTestId("find-said")).containsText("WEI");
        album.take("group-find", page);
        Browsing.isAccessible(page);
        page.getByTestId("find-words").press("ArrowDown");
        page.keyboard().press("ArrowDown");
        click("group-person-add");
        assertThat(page.getByTestId("group-people")).containsText("wei");

        Page bare = browsing.withoutScripts(page);
        bare.navigate(page.url());
        bare.getByTestId("find-words").fill("vark17");
        bare.getByTestId("find-look").click();
        assertThat(bare.getByTestId("group-person").locator("option")).hasCount(2);
        bare.context().close();
    }

    private static void signIn(Page page) {
        page.navigate(product.url() + "/sign-in");
        page.getByTestId("name").fill(NAME);
        page.getByTestId("password").fill(PASSWORD);
        page.getByTestId("sign-in-submit").click();
        page.waitForURL(url -> !url.contains("sign-in"));
    }

    private static void test(String server) {
        page.getByTestId("server-" + server).getByTestId("server-test").click();
        assertThat(page.getByTestId("server-" + server).getByTestId("server-tried")).isVisible();
    }

    private static void go(String path) {
        page.navigate(product.url() + path);
    }

    /// A button that a script serves does nothing before the page is whole.
    private static void follow(Locator link) {
        link.click();
        page.waitForLoadState();
    }

    private static Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static void assertReady(int count) {
        assertThat(page.locator("[data-testid=document-row][data-status=ready]"))
                .hasCount(count, new LocatorAssertions.HasCountOptions().setTimeout(120_000));
    }

    private static void openGroup(String name) {
        go("/admin/groups");
        follow(page.getByTestId("group-link").filter(has(name)));
    }

    private static void openDocument(String name) {
        go(base);
        follow(row(name).getByTestId("document-link"));
    }

    private static void why(String person) {
        page.getByTestId("why-who").selectOption(label(person));
        click("why-ask");
    }

    private static void tick(String... names) {
        for (String name : names) {
            row(name).getByTestId("document-tick").check();
        }
    }

    private static Locator row(String name) {
        return page.getByTestId("document-row").filter(has(name));
    }

    private static Locator.FilterOptions has(String text) {
        return new Locator.FilterOptions().setHasText(text);
    }

    private static SelectOption label(String label) {
        return new SelectOption().setLabel(label);
    }

    /// @param profile null for the one that is live
    private static void run(@Nullable String profile) {
        if (profile != null) {
            page.getByTestId("run-profile").selectOption(label(profile));
        }
        click("start-run");
        assertThat(page.getByTestId("run-state")).hasAttribute("data-state", "done");
    }

    private static void makeLive() {
        page.getByTestId("profile-row").filter(has("Wide 宽")).getByTestId("make-live").click();
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

    private static void click(String button) {
        page.getByTestId(button).click();
    }

    /// What comes by itself after a while is seen when the page is opened anew.
    private static void until(String testId, String text) {
        page.waitForCondition(
                () -> {
                    page.reload();
                    return page.getByTestId(testId).filter(has(text)).count() > 0;
                },
                new Page.WaitForConditionOptions().setTimeout(60_000));
    }
}
