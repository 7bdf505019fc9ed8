package io.zhiwen.ask.question;

import io.zhiwen.ingest.chunk.Language;
import io.zhiwen.ingest.index.SearchText;
import java.util.BitSet;

/// What an answer is written in: the language of its question, and of Chinese the characters.
public enum Tongue {
    SIMPLIFIED,
    TRADITIONAL,
    ENGLISH;

    private static final int FIRST_HAN = 0x4E00;
    private static final int LAST_HAN = 0x9FFF;

    /// What traditional characters are folded to. Some stand in traditional texts as well (后, 里),
    /// so that they count against a text only where it has no more of the others.
    private static final BitSet FOLDED = folded();

    /// @param language the text is in
    public static Tongue of(String text, Language language) {
        if (language == Language.EN) {
            return ENGLISH;
        }
        long traditional = traditional(text);
        return traditional > 0 && traditional >= simplified(text) ? TRADITIONAL : SIMPLIFIED;
    }

    /// As it was typed; where all its characters are the same in both, as the question it stands
    /// for.
    static Tongue of(Question question) {
        String asked = question.asked();
        boolean open = traditional(asked) == 0 && simplified(asked) == 0;
        return of(open ? question.text() : asked, question.language());
    }

    /// Without the characters.
    public Language language() {
        return this == ENGLISH ? Language.EN : Language.ZH;
    }

    private static long traditional(String text) {
        String folded = SearchText.fold(text);
        long count = 0;
        for (int i = 0; i < text.length(); i++) {
            if (isHan(text.charAt(i)) && folded.charAt(i) != text.charAt(i)) {
                count++;
            }
        }
        return count;
    }

    private static long simplified(String text) {
        return text.chars().filter(FOLDED::get).count();
    }

    private static boolean isHan(char c) {
        return c >= FIRST_HAN && c <= LAST_HAN;
    }

    private static BitSet folded() {
        BitSet folded = new BitSet();
        for (char c = FIRST_HAN; c <= LAST_HAN; c++) {
            char to = SearchText.fold(String.valueOf(c)).charAt(0);
            if (to != c) {
                folded.set(to);
            }
        }
        return folded;
    }
}
