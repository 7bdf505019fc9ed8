package io.zhiwen.evaluate.pages;

import io.zhiwen.evaluate.streams.Product;
import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.util.FileSystemUtils;

/// `./run bench pages`: how long the packaged product takes over its pages where there are 50,000
/// documents in a base, 500 people and 100,000 questions asked.
public final class PageBenchmark {

    private static final int DOCUMENTS = 50_000;
    private static final int PEOPLE = 500;
    private static final int QUESTIONS = 100_000;
    private static final int WARM_UP = 20;
    private static final int ROUNDS = 100;
    private static final String NAME = "bench";
    private static final String PASSWORD = "a password of the bench";
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final HttpClient browser =
            HttpClient.newBuilder()
                    .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
                    .build();
    private final String url;

    private PageBenchmark(String url) {
        this.url = url;
    }

    /// @param args the program that starts the packaged product; the database is at
    /// `ZHIWEN_BENCH_DB_URL`
    public static void main(String[] args) throws Exception {
        String database = System.getenv("ZHIWEN_BENCH_DB_URL");
        Path folder = Files.createTempDirectory("zhiwen-pages");
        try (Product product =
                Product.start(
                        Path.of(args[0]),
                        folder,
                        0,
                        Map.of(
                                "ZHIWEN_DB_URL", database,
                                "ZHIWEN_ADMIN_USER", NAME,
                                "ZHIWEN_ADMIN_PASSWORD", PASSWORD,
                                "ZHIWEN_LIMITS_REQUESTS", "0"))) {
            var db = JdbcClient.create(new DriverManagerDataSource(database));
            UUID base = new Company(db, DOCUMENTS, PEOPLE, QUESTIONS).moveIn();
            UUID document =
                    db.sql("select id from document order by id limit 1")
                            .query(UUID.class)
                            .single();
            UUID inner =
                    db.sql("select id from folder where parent_id is not null order by id limit 1")
                            .query(UUID.class)
                            .single();
            LocalDate today = db.sql("select current_date").query(LocalDate.class).single();
            new PageBenchmark(product.url()).run(pages(base, document, inner, today));
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
        System.exit(0);
    }

    private static Map<String, String> pages(
            UUID base, UUID document, UUID folder, LocalDate today) {
        var library = "/library/" + base;
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("the bases", "/library");
        pages.put("a base", library);
        pages.put("a folder", library + "?folder=" + folder);
        pages.put("a word in names", library + "?q=4711");
        pages.put("a tag, by size", library + "?tag=tag+7&sort=size&dir=desc");
        pages.put("failed ones, page 5", library + "?state=failed&page=5");
        pages.put("by passages, page 100 of a tag", library + "?tag=tag+7&sort=passages&page=20");
        pages.put("a document", "/library/documents/" + document);
        pages.put("its versions", "/library/documents/" + document + "/versions");
        pages.put("its rights", "/library/documents/" + document + "/rights");
        pages.put("who may read a base", library + "/people");
        pages.put("people", "/admin/users");
        pages.put("groups", "/admin/groups");
        pages.put("keys", "/admin/keys");
        pages.put("audit log", "/admin/audit");
        pages.put("audit log of one actor", "/admin/audit?actor=user%3Aperson+17");
        var year = "?from=" + today.minusDays(364) + "&to=" + today;
        pages.put("dashboard, 30 days", "/dashboard");
        pages.put("dashboard, a year", "/dashboard" + year);
        pages.put("dashboard of a base, a year", "/dashboard" + year + "&base=" + base);
        pages.put("work list", "/work-list");
        pages.put("work list of a base", "/work-list?base=" + base);
        pages.put("tokens", "/admin/usage");
        pages.put("status", "/admin/status");
        pages.put("a new chat", "/chat");
        return pages;
    }

    private void run(Map<String, String> pages) throws IOException, InterruptedException {
        signIn();
        System.out.printf(
                Locale.ROOT,
                "%,d documents in one base, %d people, %,d questions asked, one request after another%n%n"
                        + "| page | p50 ms | p95 ms | slowest ms | kB |%n|---|---|---|---|---|%n",
                DOCUMENTS,
                PEOPLE,
                QUESTIONS);
        for (var page : pages.entrySet()) {
            for (int i = 0; i < WARM_UP; i++) {
                get(page.getValue());
            }
            double[] times = new double[ROUNDS];
            int length = 0;
            for (int i = 0; i < ROUNDS; i++) {
                long since = System.nanoTime();
                length = get(page.getValue()).length();
                times[i] = (System.nanoTime() - since) / 1e6;
            }
            Arrays.sort(times);
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.0f | %.0f | %.0f | %d |%n",
                    page.getKey(),
                    times[ROUNDS / 2],
                    times[(int) (ROUNDS * 0.95)],
                    times[ROUNDS - 1],
                    length >> 10);
        }
    }

    private void signIn() throws IOException, InterruptedException {
        var form = CSRF.matcher(get("/sign-in"));
        if (!form.find()) {
            throw new IOException("the sign-in page has no token");
        }
        var body = "_csrf=" + form.group(1) + "&username=" + NAME + "&password=" + coded(PASSWORD);
        var reply =
                browser.send(
                        HttpRequest.newBuilder(URI.create(url + "/sign-in"))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.discarding());
        if (!reply.headers().firstValue("Location").orElse("").endsWith("/chat")) {
            throw new IOException("the sign-in was refused: " + reply);
        }
    }

    private static String coded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private String get(String path) throws IOException, InterruptedException {
        var reply =
                browser.send(
                        HttpRequest.newBuilder(URI.create(url + path)).build(),
                        HttpResponse.BodyHandlers.ofString());
        if (reply.statusCode() != 200) {
            throw new IOException(reply.statusCode() + " at " + path);
        }
        return reply.body();
    }
}
