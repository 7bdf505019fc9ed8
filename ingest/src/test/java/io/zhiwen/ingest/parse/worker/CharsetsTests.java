package io.zhiwen.ingest.parse.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CharsetsTests {

    private static final String SIMPLIFIED =
            "第二十五条 经营者采用网络、电视、电话、邮购等方式销售商品，消费者有权自收到商品之日起七日内退货，且无需说明理由。";
    private static final String TRADITIONAL = "員工年假依照服務年資計算，滿一年者給予七日，滿三年者給予十四日。未休完的天數可以在次年三月底之前補休。";
    private static final String JAPANESE =
            "吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。何でも薄暗いじめじめした所でニャーニャー泣いていた事だけは記憶している。";
    private static final String KOREAN = "모든 국민은 법 앞에 평등하다. 누구든지 성별 종교 또는 사회적 신분에 의하여 차별을 받지 아니한다.";

    private static String decoded(String text, String charset) {
        return Charsets.decode(text.getBytes(Charset.forName(charset)), null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "GB18030", "GBK", "UTF-16", "UTF-16LE", "UTF-16BE"})
    void simplifiedChineseIsReadInEveryCharset(String charset) {
        assertThat(decoded(SIMPLIFIED + "\n1. abc\n", charset))
                .isEqualTo(SIMPLIFIED + "\n1. abc\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "Big5", "GB18030", "UTF-16"})
    void traditionalChineseIsReadInEveryCharset(String charset) {
        assertThat(decoded(TRADITIONAL, charset)).isEqualTo(TRADITIONAL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "Shift_JIS", "EUC-JP", "ISO-2022-JP"})
    void japaneseIsReadInEveryCharset(String charset) {
        assertThat(decoded(JAPANESE, charset)).isEqualTo(JAPANESE);
    }

    @Test
    void koreanRussianFrenchAndHebrewAreRead() {
        assertThat(decoded(KOREAN, "EUC-KR")).isEqualTo(KOREAN);
        String russian =
                "Все люди рождаются свободными и равными в своем достоинстве и правах. Они наделены разумом и совестью.";
        assertThat(decoded(russian, "windows-1251")).isEqualTo(russian);
        String french =
                "Tous les êtres humains naissent libres et égaux en dignité et en droits. Ils sont doués de raison.";
        assertThat(decoded(french, "windows-1252")).isEqualTo(french);
    }

    @Test
    void anEnglishTextWithOneCurlyQuoteStaysEnglish() {
        String text = "The company’s report, read in the usual way, holds nothing strange at all.";
        assertThat(decoded(text, "windows-1252")).isEqualTo(text);
    }

    @Test
    void aDeclaredCharsetIsBelievedOnlyWhereItFits() {
        byte[] gbk = SIMPLIFIED.getBytes(Charset.forName("GBK"));
        assertThat(Charsets.decode(gbk, "gb2312")).isEqualTo(SIMPLIFIED);
        assertThat(Charsets.decode(gbk, "utf-8")).isEqualTo(SIMPLIFIED);
        assertThat(Charsets.decode(gbk, "no-such-charset")).isEqualTo(SIMPLIFIED);
    }

    @Test
    void binaryIsNoText() throws IOException {
        byte[] bytes = new byte[4096];
        new java.util.Random(1).nextBytes(bytes);
        assertThat(Reading.of("x.txt", bytes).refused()).isNotNull();
        byte[] png = HexFormat.of().parseHex("89504e470d0a1a0a0000000d49484452");
        assertThat(Reading.of("x.txt", png).type().mediaType()).isEqualTo("image/png");
    }
}
