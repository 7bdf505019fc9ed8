package io.zhiwen.ingest.parse.worker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OcrLineTests {

    @Test
    void whiteSpaceReadAsAQuotationMarkGoes() {
        assertThat(OcrLine.mended("16 第一篇 ”商品和货币")).isEqualTo("16 第一篇 商品和货币");
        assertThat(OcrLine.mended("12 第一篇 “” 商品和货币")).isEqualTo("12 第一篇 商品和货币");
    }

    @Test
    void aQuotationThatWasOpenedKeepsItsMarks() {
        assertThat(OcrLine.mended("这就是 “价值 ”的实体")).isEqualTo("这就是 “价值”的实体");
        assertThat(OcrLine.mended("方向。” 他说")).isEqualTo("方向。” 他说");
        assertThat(OcrLine.mended("the so-called \"value\" of it"))
                .isEqualTo("the so-called \"value\" of it");
    }

    @Test
    void marksInsideOfChineseAreFullAndStandAtTheWordBefore() {
        assertThat(OcrLine.mended("因此 , 交换价值 ; 商品")).isEqualTo("因此，交换价值；商品");
        assertThat(OcrLine.mended("商品体的属性 ，离开了商品体")).isEqualTo("商品体的属性，离开了商品体");
        assertThat(OcrLine.mended("共 1,234 件, 8:30 开始")).isEqualTo("共 1,234 件, 8:30 开始");
        assertThat(OcrLine.mended("size 3, colour: red")).isEqualTo("size 3, colour: red");
    }
}
