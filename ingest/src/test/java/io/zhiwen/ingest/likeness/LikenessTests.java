package io.zhiwen.ingest.likeness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.zhiwen.ingest.clean.CleanDocument;
import io.zhiwen.ingest.index.SearchText;
import io.zhiwen.ingest.parse.Block;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LikenessTests {

    private final Likenesses likenesses = new Likenesses(SearchText::words);

    @Test
    void widthCaseWritingPunctuationAndBlocksMakeNoDifference() {
        String chinese = String.join("。", sentences(1, 20, LikenessTests::han));
        assertThat(to(chinese, chinese.replace("。", "！\n\n ").replace("国", "國"))).isEqualTo(1);
        String english = String.join(". ", sentences(2, 20, LikenessTests::word));
        assertThat(to(english, english.toUpperCase(java.util.Locale.ROOT).replace(". ", "\n\n")))
                .isEqualTo(1);
    }

    @Test
    void itEstimatesWhichShareOfTheTextIsTheSame() {
        for (Letters letters : List.<Letters>of(LikenessTests::han, LikenessTests::word)) {
            List<String> first = sentences(3, 200, letters);
            for (int replaced : List.of(2, 10, 40, 100)) {
                List<String> second = new ArrayList<>(first);
                List<String> others = sentences(4, replaced, letters);
                for (int i = 0; i < replaced; i++) {
                    second.set(i, others.get(i));
                }
                double same = 1 - (double) replaced / first.size();
                assertThat(to(text(first), text(second))).isCloseTo(same, within(0.08));
            }
        }
    }

    @Test
    void textsOfDifferentThingsAreNotAlike() {
        assertThat(
                        to(
                                text(sentences(5, 100, LikenessTests::han)),
                                text(sentences(6, 100, LikenessTests::han))))
                .isLessThan(0.05);
    }

    @Test
    void textsAlikeHaveABandInCommonAndOthersHaveNone() {
        int found = 0;
        for (int seed = 10; seed < 60; seed++) {
            List<String> first = sentences(seed, 60, LikenessTests::word);
            List<String> second = new ArrayList<>(first);
            List<String> others = sentences(1000 + seed, 6, LikenessTests::word);
            for (int i = 0; i < 6; i++) {
                second.set(i * 10, others.get(i));
            }
            Likeness one = of(text(first));
            found += shareABand(one, of(text(second))) ? 1 : 0;
            assertThat(shareABand(one, of(text(others)))).isFalse();
        }
        assertThat(found).isGreaterThanOrEqualTo(49);
    }

    @Test
    void hardlyAnyTextIsAlikeToNothing() {
        Likeness little = of("Every employee has 15 days of annual leave.");
        assertThat(little.isNone()).isTrue();
        assertThat(little.bands()).isEmpty();
        assertThat(little.to(little)).isZero();
    }

    private double to(String one, String other) {
        return of(one).to(of(other));
    }

    private Likeness of(String text) {
        return likenesses.of(
                new CleanDocument(
                        null,
                        Arrays.stream(text.split("\n\n"))
                                .map(part -> Block.paragraph(part, null))
                                .toList()));
    }

    private static boolean shareABand(Likeness one, Likeness other) {
        return Arrays.stream(one.bands())
                .anyMatch(band -> Arrays.stream(other.bands()).anyMatch(b -> b == band));
    }

    private static String text(List<String> sentences) {
        return String.join(".\n\n", sentences);
    }

    private interface Letters {
        String some(Random random);
    }

    private static List<String> sentences(long seed, int count, Letters letters) {
        Random random = new Random(seed);
        return IntStream.range(0, count)
                .mapToObj(
                        _ ->
                                IntStream.range(0, 15)
                                        .mapToObj(_ -> letters.some(random))
                                        .collect(Collectors.joining()))
                .toList();
    }

    private static String han(Random random) {
        return random.nextInt(20) == 0 ? "国" : Character.toString(0x4E00 + random.nextInt(2000));
    }

    private static String word(Random random) {
        return Integer.toString(random.nextInt(3000), 36) + " ";
    }
}
