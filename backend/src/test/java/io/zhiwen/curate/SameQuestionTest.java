package io.zhiwen.curate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SameQuestionTest {

    @Test
    void anotherYearAnotherKindOfThingOrADenialIsAnotherQuestion() {
        differ("What was the revenue in 2022?", "What was the revenue in 2023?");
        differ("2022年的营收是多少？", "二〇二三年的营收是多少？");
        differ("Why did they raise the price?", "When did they raise the price?");
        differ("谁批准出差申请？", "什么时候批准出差申请？");
        differ("Can I work from home?", "Can I not work from home?");
        differ("哪些费用可以报销？", "哪些费用不可以报销？");
    }

    @Test
    void otherWordsAloneAreNoOtherQuestion() {
        same("How many days of annual leave do I get?", "How much annual leave is there?");
        same("在2022年，营收有多少？", "2022 年的营收是多少？");
        same("出差申请由谁批准？", "谁来批准我的出差申请？");
    }

    private static void differ(String one, String other) {
        assertThat(differs(one, other)).as(one + " / " + other).isTrue();
    }

    private static void same(String one, String other) {
        assertThat(differs(one, other)).as(one + " / " + other).isFalse();
    }

    private static boolean differs(String one, String other) {
        return SameQuestion.differ(SameQuestion.folded(one), SameQuestion.folded(other));
    }
}
