package io.zhiwen.ask.forbid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhiwen.ask.Samples;
import io.zhiwen.ingest.embed.BundledEncoders;
import io.zhiwen.ingest.embed.Encoders;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuardTest {

    private static Encoders encoders;

    @BeforeAll
    static void load() {
        encoders = BundledEncoders.open();
    }

    @ParameterizedTest
    @CsvSource({
        "裁员, 公司今年会裁员吗？, true",
        "裁员, 公司今年會裁員嗎？, true",
        "裁員, 公司今年会裁员吗？, true",
        "裁员, 公司今年会裁 员吗？, true",
        "裁员, 公司今年会裁\u200B员吗？, true",
        "裁员, 剪裁与员工, false",
        "Project X, what is ＰＲＯＪＥＣＴ　ｘ about, true",
        "Project X, what is project   x?, true",
        "Project X, what is project xylophone?, false",
        "ass, the class passes, false",
        "VPN, 如何使用vpn翻墙, true",
        "Müller, where is MÜLLER now, true",
    })
    void aPhraseIsFoundHoweverItIsWrittenButNotInsideALongerWord(
            String phrase, String text, boolean found) {
        assertThat(guard(List.of(), List.of(phrase), List.of()).forbids(text).isPresent())
                .isEqualTo(found);
    }

    @Test
    void aPatternSeesTheTextAsItIsAndFolded() {
        Guard guard = guard(List.of(), List.of(), List.of("1[3-9]\\d{9}", "内部.*编号"));
        assertThat(guard.forbids("call １３８００１３８０００")).map(Hit::kind).contains(Hit.Kind.PATTERN);
        assertThat(guard.forbids("內部文件的編號")).map(Hit::rule).contains("内部.*编号");
        assertThat(guard.forbids("call 110")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "((x{1000}){1000}){1000}",
                "((((x{50}){50}){50}){50}){50}",
                "(x{1000}\\Qab\\E){1000}",
                "(?:(?:\\pL{1000})*y){1000}",
                "[^a]{1000}[^b]{1000}[^c]{1000}",
            })
    void aShortPatternThatWouldFillTheMemoryIsRefused(String bomb) {
        assertThatThrownBy(() -> forbidden(List.of(), List.of(), List.of(bomb)))
                .isInstanceOfSatisfying(
                        UnusableRule.class, e -> assertThat(e.code()).isEqualTo("work"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a+)+$", "^(([a-z])+.)+[A-Z]([a-z])+$", "(.*a){20}$", "(a|aa)+$"})
    void aPatternThatOthersTakeYearsForAnswersAtOnce(String hostile) {
        // a backtracking matcher would not end within the life of this test
        Guard guard = guard(List.of(), List.of(), List.of(hostile));
        assertThat(guard.words("a".repeat(3_000) + "!")).isEmpty();
    }

    @Test
    void whatIsNoRuleIsSaid() {
        assertThat(code(() -> forbidden(List.of(), List.of(), List.of("(")))).isEqualTo("pattern");
        assertThat(code(() -> forbidden(List.of(), List.of("\u200B"), List.of())))
                .isEqualTo("empty");
        assertThat(code(() -> forbidden(List.of("x".repeat(301)), List.of(), List.of())))
                .isEqualTo("long");
        var many = Stream.iterate(0, n -> n + 1).limit(101).map(String::valueOf).toList();
        assertThat(code(() -> forbidden(many, List.of(), List.of()))).isEqualTo("many");
        assertThat(code(() -> new Forbidden(many, List.of(), List.of(), 0.1, ""))).isNotEmpty();
    }

    @Test
    void aTopicIsWhatMeansAboutTheSame() {
        Guard guard =
                guard(List.of("员工的工资是多少？", "How much do employees earn?"), List.of(), List.of());
        for (String asked :
                List.of("公司员工的薪水有多少？", "員工的工資是多少？", "What salary do the employees get?")) {
            assertThat(guard.forbids(asked)).as(asked).map(Hit::kind).contains(Hit.Kind.TOPIC);
        }
        assertThat(guard.forbids("食堂几点开门？年假有几天？公司在哪里？公司员工的薪水有多少？谢谢你。"))
                .as("one sentence among others")
                .isPresent();
        for (String asked : List.of("食堂几点开门？", "When does the canteen open?", "年假有几天？")) {
            assertThat(guard.forbids(asked)).as(asked).isEmpty();
            assertThat(guard.nearestTopic(asked)).isPresent();
        }
    }

    @Test
    void anAnswerIsLetOutSentenceBySentenceUntilOneIsForbidden() {
        var held = new HeldAnswer(guard(List.of(), List.of("Falcon"), List.of("twelve.*million")));
        assertThat(held.feed("The plan is old")).isEmpty();
        assertThat(held.feed(". It")).isEqualTo("The plan is old. ");
        assertThat(held.feed(" costs 1.5 m")).isEmpty();
        assertThat(held.feed("illion. Its name is Fal")).isEqualTo("It costs 1.5 million. ");
        assertThat(held.feed("con. More. ")).isEmpty();
        assertThat(held.end()).isEmpty();
        assertThat(held.hit()).extracting(Hit::rule).isEqualTo("Falcon");
    }

    @Test
    void wordsAreSeenAcrossSentencesOfAnAnswer() {
        var held = new HeldAnswer(guard(List.of(), List.of(), List.of("(?s)twelve.*million")));
        assertThat(held.feed("第一是twelve。")).isEqualTo("第一是twelve。");
        assertThat(held.feed("第二是million。后来")).isEmpty();
        assertThat(held.hit()).isNotNull();
    }

    @Test
    void withoutRulesNothingIsHeldBack() {
        var held = new HeldAnswer(Guard.of(Map.of(), encoders));
        assertThat(held.feed("half a sen")).isEqualTo("half a sen");
    }

    private static Guard guard(List<String> topics, List<String> phrases, List<String> patterns) {
        return Guard.of(Map.of(Samples.BASE, forbidden(topics, phrases, patterns)), encoders);
    }

    private static Forbidden forbidden(
            List<String> topics, List<String> phrases, List<String> patterns) {
        return new Forbidden(topics, phrases, patterns, Forbidden.USUAL_LIKENESS, "");
    }

    private static String code(Runnable making) {
        try {
            making.run();
        } catch (UnusableRule unusable) {
            return unusable.code();
        }
        return "";
    }
}
