package io.zhiwen.ingest.index;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CodesTest {

    @Test
    void aCodeIsTheSameHoweverItsPiecesAreJoined() {
        for (String written :
                new String[] {
                    "GB/T 22239-2019", "GB/T22239-2019", "GB/T 22239—2019", "ＧＢ／Ｔ ２２２３９－２０１９"
                }) {
            assertThat(Codes.inDocument("依据" + written + "执行"))
                    .as(written)
                    .contains("gbt22239", "gbt222392019");
        }
    }

    @Test
    void aQuestionMayLeaveOutCapitalsAndHyphens() {
        assertThat(Codes.inQuestion("gb t 22239 2019 是什么")).contains("gbt222392019");
        assertThat(Codes.inQuestion("rtx 4090 price")).contains("rtx4090");
    }

    @Test
    void plainWordsAndYearsAreNoCodes() {
        assertThat(Codes.inDocument("It was founded in 2019 and well-known.")).isEmpty();
        assertThat(Codes.inDocument("共 12 页，3 章")).isEmpty();
    }

    @Test
    void anArticleIsTheSameHoweverItsNumberIsSpelt() {
        for (String written :
                new String[] {"第十二条", "第12条", "第 12 条", "第十二條", "第１２条", "Article 12", "art. 12"}) {
            assertThat(Codes.inDocument("依照" + written + " 执行")).as(written).contains("第12条");
            assertThat(Codes.inQuestion(written + "讲了什么")).as(written).contains("第12条");
        }
        assertThat(Codes.inDocument("第一百零三条 第一百二十条之一 第一〇三条 第二十章 第一千零一条"))
                .containsExactly("第103条", "第120条之1", "第20章", "第1001条");
        assertThat(Codes.inDocument("See Chapter 3 and Section 3.2.1.")).containsExactly("第3章");
    }

    @Test
    void aSentenceEndIsNoJoint() {
        assertThat(Codes.inDocument("Version A1. 2019 was good")).doesNotContain("a12019");
    }
}
