package io.zhiwen.ingest.embed;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Our tokenizer beside the native one of Hugging Face, which the models were trained with.
class WordPieceTest {

    private static final List<String> MODELS =
            List.of("bge-small-zh-v1.5-q", "bge-small-en-v1.5-q");

    private static final List<String> TEXTS =
            List.of(
                    "Zhiwen answers questions from your own documents.",
                    "年假规定：员工每年可享受带薪年假，工龄满1年不满10年的为5天。",
                    "員工每年可享有帶薪年假，詳見《勞動基準法》第38條。",
                    "GB/T 22239-2019，bge-reranker-v2-m3；e-mail: a.b+c@example.org",
                    "Ünïcödé naïve café ÅNGSTRÖM İstanbul ΣΑΣ ß ﬁ",
                    "emoji 😀👩‍👩‍👧 and 𠮷野家 and ﷽ mixed 中文English混排",
                    "한국어 문장도 있고 日本語のテキストもある。がぎぐ",
                    "zero​width \u00adsoft\u00a0hard tab\tline\r\nend \ufffd \u0000 x",
                    "a".repeat(101) + " " + "b".repeat(100) + " unbelievablyinternationalisation",
                    "½ ② ㎡ ＡＢＣ，１２３ … — “quoted” ‘single’ ₂ x² ∑∫ ←→");

    @Test
    void givesTheIdsOfTheNativeTokenizer() throws IOException {
        for (String model : MODELS) {
            WordPiece ours = open(model);
            try (HuggingFaceTokenizer theirs = nativeTokenizer(model)) {
                for (String text : TEXTS) {
                    assertThat(ids(ours.tokenize(text)))
                            .as(model + ": " + text)
                            .containsExactly(ids(theirs, text));
                }
            }
        }
    }

    @Test
    void readsEveryCharacterAsTheNativeTokenizerDoesButForThoseNewerThanItsTables()
            throws IOException {
        for (String model : MODELS) {
            WordPiece ours = open(model);
            List<Integer> different = new ArrayList<>();
            try (HuggingFaceTokenizer theirs = nativeTokenizer(model)) {
                for (int plane = 0; plane < 0x30000; plane += 256) {
                    int[] codePoints =
                            IntStream.range(plane, plane + 256)
                                    .filter(Character::isDefined)
                                    .filter(c -> Character.getType(c) != Character.SURROGATE)
                                    .toArray();
                    String[] words =
                            Arrays.stream(codePoints)
                                    .mapToObj(c -> "un" + Character.toString(c) + "able")
                                    .toArray(String[]::new);
                    String all = String.join(" ", words);
                    if (codePoints.length == 0
                            || Arrays.equals(ids(ours.tokenize(all)), ids(theirs, all))) {
                        continue;
                    }
                    for (int i = 0; i < words.length; i++) {
                        if (!Arrays.equals(ids(ours.tokenize(words[i])), ids(theirs, words[i]))) {
                            different.add(codePoints[i]);
                        }
                    }
                }
            }
            assertThat(different).as(model).hasSizeLessThan(650);
            assertThat(different.stream().filter(WordPieceTest::isInUse)).as(model).isEmpty();
        }
    }

    /// Scripts and symbols of everyday text. Vertical tab, form feed and next line are spaces to us
    /// and nothing to them.
    private static boolean isInUse(int c) {
        return (c >= 0x20 && c < 0x600 && c != 0x85)
                || (c >= 0x1e00 && c < 0x2e00)
                || (c >= 0x2e80 && c < 0xa800)
                || (c >= 0xab30 && c < 0x10000)
                || c >= 0x1f000;
    }

    @Test
    void offsetsCountInUtf16BehindEmojiToo() throws IOException {
        WordPiece english = open("bge-small-en-v1.5-q");
        String text = "😀 Résumé of 中文";
        assertThat(pieces(text, english.tokenize(text)))
                .containsExactly("😀", "Résumé", "of", "中", "文");
        WordPiece chinese = open("bge-small-zh-v1.5-q");
        assertThat(pieces("𠮷 年假", chinese.tokenize("𠮷 年假"))).containsExactly("𠮷", "年", "假");
    }

    @Test
    void aWordOfSeveralPiecesIsCoveredWithoutGaps() throws IOException {
        String text = "internationalisation";
        WordPiece.Tokens tokens = open("bge-small-en-v1.5-q").tokenize(text);
        assertThat(tokens.size()).isGreaterThan(1);
        assertThat(String.join("", pieces(text, tokens))).isEqualTo(text);
    }

    @Test
    void aDocumentCannotForgeSpecialTokens() throws IOException {
        for (String model : MODELS) {
            assertThat(ids(open(model).tokenize("a [SEP] [CLS] [MASK] b")))
                    .doesNotContain(WordPiece.SEP, WordPiece.CLS, 103);
        }
    }

    @Test
    void stopsAtItsLimit() throws IOException {
        WordPiece chinese = open("bge-small-zh-v1.5-q");
        WordPiece.Tokens tokens = chinese.tokenize("年假".repeat(1000), 510);
        assertThat(tokens.size()).isEqualTo(510);
        assertThat(chinese.tokenize("年假".repeat(1000)).size()).isEqualTo(2000);
    }

    static WordPiece open(String model) throws IOException {
        try (InputStream json = resource(model)) {
            return WordPiece.read(json);
        }
    }

    private static HuggingFaceTokenizer nativeTokenizer(String model) throws IOException {
        try (InputStream json = resource(model)) {
            return HuggingFaceTokenizer.newInstance(
                    json, Map.of("padding", "false", "truncation", "false"));
        }
    }

    private static InputStream resource(String model) {
        return WordPieceTest.class.getResourceAsStream("/" + model + "-tokenizer.json");
    }

    private static int[] ids(WordPiece.Tokens tokens) {
        return Arrays.copyOf(tokens.ids(), tokens.size());
    }

    private static int[] ids(HuggingFaceTokenizer tokenizer, String text) {
        Encoding encoding = tokenizer.encode(text, false, false);
        return Arrays.stream(encoding.getIds()).mapToInt(Math::toIntExact).toArray();
    }

    private static List<String> pieces(String text, WordPiece.Tokens tokens) {
        return IntStream.range(0, tokens.size())
                .mapToObj(i -> text.substring(tokens.starts()[i], tokens.ends()[i]))
                .toList();
    }
}
