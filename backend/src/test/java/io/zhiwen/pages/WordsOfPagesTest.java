package io.zhiwen.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.ask.AskObserver;
import io.zhiwen.ingest.parse.UnreadableDocument;
import io.zhiwen.library.Status;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Every word a reader sees is in both languages, and nothing is inline.
class WordsOfPagesTest {

    private static final Path FRONT =
            Path.of("..", "frontend-templates", "src", "main", "resources");
    private static final Path TEMPLATES = FRONT.resolve("templates");

    /// The page for programmers; it is in English as the API is.
    private static final Path API = TEMPLATES.resolve("docs");

    private static final Pattern KEY_IN_TEMPLATE = Pattern.compile("#\\{([\\w.-]+)");
    private static final Pattern KEY_IN_SCRIPT = Pattern.compile("\\bt\\(\\s*\"([\\w.-]+)\"");
    private static final Pattern KEY_IN_JAVA =
            Pattern.compile(
                    "\"((?:page|account|setup|settings|chat|where|library|status|reason|document"
                            + "|reader|users|keys|operate|evaluate|error|note|js)\\.[\\w.-]*\\w)\"");
    private static final Pattern PLACE = Pattern.compile("\\{(\\d)");
    private static final List<String> SPOKEN =
            List.of("title", "aria-label", "placeholder", "alt", "aria-description");

    private final Properties english = words("messages.properties");
    private final Properties chinese = words("messages_zh.properties");

    @Test
    void bothLanguagesSayTheSameThings() {
        assertThat(chinese.stringPropertyNames())
                .containsExactlyInAnyOrderElementsOf(english.stringPropertyNames());
    }

    @Test
    void bothLanguagesTakeTheSameValues() {
        for (String key : english.stringPropertyNames()) {
            assertThat(places(chinese.getProperty(key)))
                    .as(key)
                    .isEqualTo(places(english.getProperty(key)));
        }
    }

    @Test
    void nothingIsLeftUnsaidAndEveryPatternIsOne() {
        for (Properties words : List.of(english, chinese)) {
            for (String key : words.stringPropertyNames()) {
                assertThat(words.getProperty(key)).as(key).isNotBlank();
                assertThat(words.getProperty(key)).as("quotes vanish: " + key).doesNotContain("'");
                if (!places(words.getProperty(key)).isEmpty()) {
                    assertThat(new MessageFormat(words.getProperty(key), Locale.ENGLISH))
                            .as(key)
                            .isNotNull();
                }
            }
        }
    }

    @Test
    void everyKeyThatTemplatesUseIsThere() {
        for (Path template : files(TEMPLATES, ".html")) {
            keys(KEY_IN_TEMPLATE, template).forEach(key -> isSaid(template, key));
        }
    }

    @Test
    void everyKeyThatScriptsUseIsThere() {
        for (Path script : files(FRONT.resolve("static/assets/js"), ".js")) {
            keys(KEY_IN_SCRIPT, script).forEach(key -> isSaid(script, key));
        }
    }

    @Test
    void everyKeyThatTheServerUsesIsThere() {
        for (String sources : List.of("pages", "ask", "conversation")) {
            for (Path source :
                    files(Path.of("src", "main", "java", "io", "zhiwen", sources), ".java")) {
                keys(KEY_IN_JAVA, source).forEach(key -> isSaid(source, key));
            }
        }
    }

    @Test
    void everyReasonOfAFailureEveryStateAndEveryOutcomeIsSaid() {
        for (AskObserver.Outcome outcome : AskObserver.Outcome.values()) {
            assertThat(english)
                    .containsKey("operate.outcome." + outcome.name().toLowerCase(Locale.ROOT));
        }
        Stream.concat(
                        Arrays.stream(UnreadableDocument.Reason.values()).map(Enum::name),
                        Stream.of("CANCELLED", "INTERNAL"))
                .map(code -> "reason." + code.toLowerCase(Locale.ROOT))
                .forEach(key -> assertThat(english).containsKey(key));
        for (Status status : Status.values()) {
            assertThat(english).containsKey("status." + status.code());
        }
    }

    @Test
    void everyRefusalOfAnAccountIsSaid() {
        for (var reason : io.zhiwen.account.AccountRefused.Reason.values()) {
            assertThat(english).containsKey("account." + reason.code());
        }
    }

    @Test
    void noTemplateHasWordsOfItsOwn() {
        List<String> bare = new ArrayList<>();
        for (Path template : ours()) {
            Document html = parsed(template);
            for (Element element : html.getAllElements()) {
                element.textNodes().stream()
                        .map(TextNode::text)
                        .filter(text -> !text.isBlank())
                        .forEach(text -> bare.add(template + ": " + text));
                SPOKEN.stream()
                        .filter(name -> !element.attr(name).isBlank())
                        .forEach(
                                name ->
                                        bare.add(
                                                template + ": " + name + "=" + element.attr(name)));
            }
        }
        assertThat(bare).isEmpty();
    }

    @Test
    @DisplayName("T2: of all templates one place inserts HTML, the answer's renderer's")
    void onlyTheAnswerIsInsertedAsHtml() {
        List<String> sinks = new ArrayList<>();
        for (Path template : files(TEMPLATES, ".html")) {
            for (Element element : parsed(template).getElementsByAttribute("th:utext")) {
                sinks.add(TEMPLATES.relativize(template) + " " + element.attr("th:utext"));
            }
        }
        assertThat(sinks).containsExactly("chat/turn.html ${block}");
    }

    @Test
    @DisplayName("T2: of all scripts one inserts HTML, behind a trusted type")
    void scriptsInsertHtmlInOnePlace() {
        Pattern sink =
                Pattern.compile(
                        "innerHTML|outerHTML|insertAdjacentHTML|document\\.write|DOMParser"
                                + "|parseFromString|createContextualFragment|setHTML");
        assertThat(
                        files(FRONT.resolve("static/assets/js"), ".js").stream()
                                .filter(script -> sink.matcher(text(script)).find())
                                .map(script -> script.getFileName().toString()))
                .containsExactly("html.js");
    }

    @Test
    void nothingIsInline() {
        for (Path template : files(TEMPLATES, ".html")) {
            for (Element element : parsed(template).getAllElements()) {
                assertThat(element.normalName()).as(template.toString()).isNotEqualTo("style");
                assertThat(element.attributes().asList())
                        .as(template + " " + element.tagName())
                        .noneMatch(
                                attribute -> attribute.getKey().matches("(th:)?(style|on[a-z]+)"));
                if (element.normalName().equals("script")) {
                    assertThat(element.data()).as(template.toString()).isBlank();
                }
            }
        }
    }

    private void isSaid(Path where, String key) {
        assertThat(english.containsKey(key)).as("%s asks for %s", where, key).isTrue();
    }

    private static List<Path> ours() {
        return files(TEMPLATES, ".html").stream().filter(path -> !path.startsWith(API)).toList();
    }

    private static Document parsed(Path template) {
        return Jsoup.parse(text(template), Parser.xmlParser());
    }

    private static Set<String> places(String pattern) {
        Set<String> places = new TreeSet<>();
        PLACE.matcher(pattern).results().forEach(place -> places.add(place.group(1)));
        return places;
    }

    private static List<String> keys(Pattern pattern, Path file) {
        return pattern.matcher(text(file)).results().map(found -> found.group(1)).toList();
    }

    private static List<Path> files(Path folder, String ending) {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> found = files.filter(path -> path.toString().endsWith(ending)).toList();
            assertThat(found).as(folder.toString()).isNotEmpty();
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Properties words(String name) {
        var words = new Properties();
        try (var in =
                new InputStreamReader(
                        Files.newInputStream(FRONT.resolve(name)), StandardCharsets.UTF_8)) {
            words.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return words;
    }
}
