package io.zhiwen.ask.question;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhiwen.account.Scopes;
import io.zhiwen.ingest.chunk.Language;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuestionsTest {

    private static final List<Turn> LEAVE = List.of(new Turn("新员工有几天年假？", "新员工每年有 5 天年假 [1]。"));
    private static final List<Turn> LEAVE_EN =
            List.of(new Turn("How much leave does a new colleague get?", "5 days [1]."));

    private final Questions questions =
            new Questions(() -> new QuestionSettings(200), FollowUps.NONE);

    @ParameterizedTest
    @CsvSource({
        "如何配置 Spring Boot actuator 的 health endpoint, ZH",
        "What does 知问 mean?, EN",
        "年假, ZH",
        "annual leave, EN",
        "GB/T 22239-2019 是什么, ZH",
        "請問年假有幾天, ZH"
    })
    void theLanguageIsThatOfTheGrammarNotOfTheNames(String typed, Language language) {
        assertThat(read(typed, List.of()).language()).isEqualTo(language);
    }

    @Test
    void aNumberAloneIsInTheLanguageOfTheQuestionBefore() {
        assertThat(read("2024?", LEAVE).language()).isEqualTo(Language.ZH);
        assertThat(read("2024?", LEAVE_EN).language()).isEqualTo(Language.EN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"那老员工呢？", "它怎么申请？", "为什么？", "这些天数可以累积吗", "还有别的假吗", "上述规定从哪天开始"})
    void aFollowUpIsSearchedWithTheQuestionBefore(String typed) {
        Question question = read(typed, LEAVE);
        assertThat(question.text()).isEqualTo("新员工有几天年假？ " + typed);
        assertThat(question.asked()).isEqualTo(typed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "What about contractors?",
                "And how is it requested?",
                "Why?",
                "Can they carry it over?",
                "in 2024"
            })
    void anEnglishFollowUpIsSearchedWithTheQuestionBefore(String typed) {
        assertThat(read(typed, LEAVE_EN).text()).startsWith("How much leave").endsWith(typed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "出差的住宿标准每晚是多少元？",
                "公司的报销流程分为哪几步？",
                "Which port does the server listen on by default?",
                "How long is the warranty of the pump?"
            })
    void aQuestionThatStandsAloneIsLeftAlone(String typed) {
        assertThat(read(typed, LEAVE).text()).isEqualTo(typed);
    }

    @Test
    void withoutHistoryNothingIsAFollowUp() {
        assertThat(read("它怎么申请？", List.of()).text()).isEqualTo("它怎么申请？");
    }

    @Test
    void aModelsRewriteIsSearchedAndTheTypedTextKept() {
        var rewriting =
                new Questions(
                        () -> new QuestionSettings(200), (_, _, _, _) -> Optional.of("老员工有几天年假？"));
        Question question = rewriting.read("那老员工呢？", LEAVE, Scopes.of(), () -> false);
        assertThat(question.text()).isEqualTo("老员工有几天年假？");
        assertThat(question.asked()).isEqualTo("那老员工呢？");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  \n ", "?!…", "\u200B\u202E", "🙂"})
    void whatHasNoWordsIsNoQuestion(String typed) {
        assertThatThrownBy(() -> questions.checked(typed))
                .isInstanceOfSatisfying(
                        UnusableQuestion.class,
                        e -> assertThat(e.code()).isEqualTo("error.question.empty"));
    }

    @Test
    void aQuestionLongerThanTheLimitIsRefusedWithTheLimit() {
        assertThat(questions.checked("x".repeat(200))).hasSize(200);
        assertThatThrownBy(() -> questions.checked("x".repeat(201)))
                .isInstanceOfSatisfying(
                        UnusableQuestion.class,
                        e -> {
                            assertThat(e.code()).isEqualTo("error.question.too-long");
                            assertThat(e.limit()).isEqualTo(200);
                        });
    }

    @Test
    void invisibleCharactersGoAndJoinersStay() {
        assertThat(questions.checked(" How\u202E much\u200B\u0007?\uDB40\uDC41 "))
                .isEqualTo("How much?");
        assertThat(questions.checked("می\u200Cخواهم")).isEqualTo("می\u200Cخواهم");
    }

    private Question read(String typed, List<Turn> history) {
        return questions.read(typed, history, Scopes.of(), () -> false);
    }
}
