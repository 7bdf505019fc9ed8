package io.zhiwen.ingest.index;

import com.ibm.icu.text.Transliterator;
import java.text.Normalizer;
import java.util.Locale;

/// Text as it is searched: lower case, full-width letters made narrow, traditional characters made
/// simplified. What is shown to readers is never folded.
public final class SearchText {

    /// Characters that are written in simplified text as well and mean something else there; a
    /// traditional text loses little when they stay.
    private static final String KEPT = "俱吒姊箝苧藉跤阪麽";

    /// Neighbours with which 乾 and 著 are the simplified spelling as well.
    private static final String AFTER_QIAN = "坤隆县縣卦陵";

    private static final String AFTER_ZHU = "名作称稱者书書录錄述";
    private static final String BEFORE_ZHU = "显顯名原论論编編专專巨";

    private static final char[] FOLDED = foldTable();

    private SearchText() {}

    /// For the encoders. Never changes the length, so that offsets of the folded text hold in the
    /// original: what has no folded form of its own length stays as it is. Punctuation stays too,
    /// the encoders know both widths.
    public static String fold(String text) {
        char[] chars = text.toCharArray();
        boolean changed = false;
        for (int i = 0; i < chars.length; i++) {
            char folded = foldedAt(text, i);
            if (folded != chars[i]) {
                chars[i] = folded;
                changed = true;
            }
        }
        return changed ? new String(chars) : text;
    }

    /// For the keyword fields: `fold` and every compatibility form, e.g. ㎡ as m2 and ① as 1.
    public static String words(String text) {
        String wide = Normalizer.normalize(text, Normalizer.Form.NFKC);
        return fold(wide.toLowerCase(Locale.ROOT));
    }

    private static char foldedAt(String text, int i) {
        char c = text.charAt(i);
        if (c == '乾' && i + 1 < text.length() && AFTER_QIAN.indexOf(text.charAt(i + 1)) >= 0) {
            return c;
        }
        if (c == '著' && isFamous(text, i)) {
            return c;
        }
        return FOLDED[c];
    }

    private static boolean isFamous(String text, int i) {
        return (i + 1 < text.length() && AFTER_ZHU.indexOf(text.charAt(i + 1)) >= 0)
                || (i > 0 && BEFORE_ZHU.indexOf(text.charAt(i - 1)) >= 0);
    }

    private static char[] foldTable() {
        Transliterator simplify = Transliterator.getInstance("Traditional-Simplified");
        char[] table = new char[Character.MAX_VALUE + 1];
        for (int i = 0; i < table.length; i++) {
            table[i] = foldedAlone((char) i, simplify);
        }
        table['妳'] = '你';
        return table;
    }

    private static char foldedAlone(char c, Transliterator simplify) {
        if (Character.isSurrogate(c) || KEPT.indexOf(c) >= 0) {
            return c;
        }
        String folded = Normalizer.normalize(String.valueOf(c), Normalizer.Form.NFKC);
        if (folded.length() == 1 && isWordOrSpace(folded.charAt(0))) {
            folded = folded.toLowerCase(Locale.ROOT);
        } else {
            folded = String.valueOf(c);
        }
        if (c >= 0x2E80) {
            folded = simplify.transliterate(folded);
        }
        return folded.length() == 1 ? folded.charAt(0) : c;
    }

    private static boolean isWordOrSpace(char c) {
        return Character.isLetterOrDigit(c) || c == ' ';
    }
}
