package io.zhiwen.ask.cite;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.ingest.embed.BundledEncoders;
import io.zhiwen.ingest.embed.Encoders;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SupportCheckTest {

    private static final String TRAVEL =
            "Hotel costs are covered up to 120 euros per night in Germany. The director Anna Weber"
                    + " approves every trip. Meals are not covered on travel days.";
    private static final String LEAVE = "员工每年享有二十一天年假，由人事部王芳审批。试用期内的员工不享有年假。";

    private static Encoders encoders;
    private static SupportCheck check;

    @BeforeAll
    static void open() {
        encoders = BundledEncoders.open();
        check =
                new SupportCheck(
                        encoders,
                        List.of(
                                new SupportCheck.Source(TRAVEL, "travel-policy-2024.pdf"),
                                new SupportCheck.Source(LEAVE, "员工手册")));
    }

    @AfterAll
    static void close() {
        encoders.close();
    }

    @Test
    void whatAPassageSaysIsSupportedInOtherWordsToo() {
        assertThat(judge("Hotel costs are covered up to 120 euros per night.", 1))
                .isEqualTo(Verdict.SUPPORTED);
        assertThat(judge("Every trip is approved by the director, Anna Weber.", 1))
                .isEqualTo(Verdict.SUPPORTED);
        assertThat(judge("每年的年假是21天。", 2)).isEqualTo(Verdict.SUPPORTED);
    }

    @Test
    void anotherNumberIsNot() {
        assertThat(judge("Hotel costs are covered up to 130 euros per night.", 1))
                .isEqualTo(Verdict.NUMBER);
        assertThat(judge("员工每年享有二十二天年假。", 2)).isEqualTo(Verdict.NUMBER);
    }

    @Test
    void anotherNameIsNot() {
        assertThat(judge("The director Paul Weber approves every trip.", 1))
                .isEqualTo(Verdict.NAME);
        assertThat(judge("年假由人事部刘伟强审批。", 2).holds()).isFalse();
    }

    @Test
    void theOppositeIsNot() {
        assertThat(judge("Hotel costs are not covered in Germany.", 1)).isEqualTo(Verdict.NEGATION);
        assertThat(judge("Meals are covered on travel days.", 1)).isEqualTo(Verdict.NEGATION);
        assertThat(judge("员工不享有年假，需自行申请。", 2).holds()).isFalse();
    }

    @Test
    void somethingElseIsNot() {
        assertThat(judge("The canteen serves soup and salad at noon.", 1).holds()).isFalse();
        assertThat(judge("食堂中午供应汤和沙拉。", 2).holds()).isFalse();
    }

    @Test
    void aFigureFromTheNameOfTheDocumentCounts() {
        assertThat(judge("In 2024 hotel costs are covered up to 120 euros per night.", 1))
                .isEqualTo(Verdict.SUPPORTED);
    }

    @Test
    void acrossLanguagesTheFiguresAreCompared() {
        assertThat(judge("每晚酒店费用最高报销120欧元。", 1)).isEqualTo(Verdict.SUPPORTED);
        assertThat(judge("每晚酒店费用最高报销150欧元。", 1)).isEqualTo(Verdict.NUMBER);
    }

    private static Verdict judge(String claim, int passage) {
        return check.judge(claim, List.of(passage));
    }
}
