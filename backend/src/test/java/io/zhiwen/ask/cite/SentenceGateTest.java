package io.zhiwen.ask.cite;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.ingest.embed.BundledEncoders;
import io.zhiwen.ingest.embed.Encoders;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SentenceGateTest {

    private static final List<SupportCheck.Source> SENT =
            List.of(
                    new SupportCheck.Source("Travel costs are paid back within 14 days.", "Travel"),
                    new SupportCheck.Source(
                            "Employees get 21 days of annual leave per year.", "Leave"),
                    new SupportCheck.Source("保修期为三年，电池除外。", "保修"));

    private static Encoders encoders;

    @BeforeAll
    static void open() {
        encoders = BundledEncoders.open();
    }

    @AfterAll
    static void close() {
        encoders.close();
    }

    @Test
    void aSentenceThatHoldsStaysAsItIs() {
        assertThat(through("Employees get 21 days of annual leave [2]. "))
                .isEqualTo("Employees get 21 days of annual leave [2]. ");
        assertThat(through("保修期为三年。[3]")).isEqualTo("保修期为三年。[3]");
    }

    @Test
    void aClaimWithoutACitationGetsThePassageThatBearsItOut() {
        assertThat(through("Employees get **21 days** of annual leave. 保修期为三年。"))
                .isEqualTo("Employees get **21 days** of annual leave [2]. 保修期为三年[3]。");
    }

    @Test
    void aWrongCitationIsReplacedByTheRightOne() {
        assertThat(through("Travel costs are paid back within 14 days [2]."))
                .isEqualTo("Travel costs are paid back within 14 days [1].");
    }

    @Test
    void whatNothingBearsOutIsMarked() {
        assertThat(through("Employees get 30 days of annual leave [2]. 保修期为五年[3]。"))
                .isEqualTo("Employees get 30 days of annual leave [2][?]. 保修期为五年[3][?]。");
        assertThat(through("The headquarters moved to Lisbon last spring."))
                .isEqualTo("The headquarters moved to Lisbon last spring [?].");
    }

    @Test
    void talkQuestionsHeadingsAndCodeAreLeftAlone() {
        for (String alone :
                List.of(
                        "Here is what I found:\n",
                        "Would you like to know more?",
                        "Hope this helps you with your trip!",
                        "```\nEmployees get 30 days of leave.\n```\n",
                        "希望以上内容对你有帮助。")) {
            assertThat(through(alone)).isEqualTo(alone);
        }
    }

    @Test
    void aRefusalIsNotDoubted() {
        String refusal =
                "The documents do not answer this. The price of the warranty is missing in them.";
        assertThat(through(refusal)).isEqualTo(refusal);
    }

    @Test
    void listsAndTablesAreSettledLineByLine() {
        assertThat(through("1. Employees get 21 days of annual leave.\n2. 保修期为五年。\n"))
                .isEqualTo("1. Employees get 21 days of annual leave [2].\n2. 保修期为五年[?]。\n");
        assertThat(
                        through(
                                "| What | Days |\n| --- | --- |\n| annual leave of employees |"
                                        + " 30 days [2] |\n"))
                .isEqualTo(
                        "| What | Days |\n| --- | --- |\n| annual leave of employees | 30 days"
                                + " [2][?] |\n");
    }

    @Test
    void theTextIsTheSameHoweverItArrives() {
        String text =
                "Employees get 30 days of annual leave [2]. Travel costs are paid back within 14"
                        + " days.\n\n- 保修期为三年。\n- It costs 3.5 euros. [1] Done";
        String whole = through(text);
        var gate = gate();
        var filter = new CitationFilter(SENT.size());
        StringBuilder pieces = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            pieces.append(gate.feed(filter.feed(text.substring(i, i + 1))));
        }
        assertThat(pieces.append(gate.feed(filter.end())).append(gate.end()).toString())
                .isEqualTo(whole);
        assertThat(gate.used()).containsExactlyInAnyOrder(1, 2, 3);
    }

    @Test
    void wordsAreNotHeldBack() {
        assertThat(gate().feed("Employees get 30 days of annual leave"))
                .isEqualTo("Employees get 30 days of annual leave");
    }

    private static SentenceGate gate() {
        return new SentenceGate(new SupportCheck(encoders, SENT), SENT.size());
    }

    private static String through(String text) {
        SentenceGate gate = gate();
        return gate.feed(text) + gate.end();
    }
}
