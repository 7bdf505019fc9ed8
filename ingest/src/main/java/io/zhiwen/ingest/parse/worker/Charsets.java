package io.zhiwen.ingest.parse.worker;

import java.lang.Character.UnicodeScript;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.tika.parser.txt.CharsetDetector;
import org.apache.tika.parser.txt.CharsetMatch;
import org.jspecify.annotations.Nullable;

/// Turns the bytes of a text into characters, whatever charset they are in.
final class Charsets {

    /// A charset of one language, with its most frequent characters: they make up a fifth of any
    /// text in it, and hardly any of a text that is something else.
    private record Candidate(Charset charset, String frequent) {}

    private static final List<Candidate> CANDIDATES =
            List.of(
                    new Candidate(
                            Charset.forName("GB18030"),
                            "的一是不了在有人我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心，。、：“”（）《》第条"),
                    new Candidate(
                            Charset.forName("Big5"),
                            "的一是不了在有人我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡用道行所然家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心，。、：「」（）《》"),
                    new Candidate(
                            Charset.forName("windows-31j"),
                            "のにはをたがでてとしれさるいなあもっかられこすきくうりまおよけどんそ、。ーンスルトイアラリックドシ日本人大年会"),
                    new Candidate(
                            Charset.forName("EUC-JP"),
                            "のにはをたがでてとしれさるいなあもっかられこすきくうりまおよけどんそ、。ーンスルトイアラリックドシ日本人大年会"),
                    new Candidate(
                            Charset.forName("EUC-KR"),
                            "이다는의가을에하지고한도은로를아있기사리나들자시어게서수그보인만일대정과부해전주여스"));

    private static final int SAMPLE = 64 * 1024;

    private Charsets() {}

    /// The text, or null when these are not the bytes of a text in any known charset.
    ///
    /// @param declared the charset that the document claims for itself; believed where it fits
    static @Nullable String decode(byte[] bytes, @Nullable String declared) {
        String marked = byMark(bytes);
        if (marked != null) {
            return marked;
        }
        String utf8 = strict(bytes, StandardCharsets.UTF_8);
        if (utf8 != null && !isUtf16(bytes)) {
            return has7BitJapanese(bytes) ? lenient(bytes, Charset.forName("ISO-2022-JP")) : utf8;
        }
        Charset claimed = named(declared);
        if (claimed != null && fits(bytes, claimed)) {
            return lenient(bytes, claimed);
        }
        Charset best = best(bytes);
        return best == null ? null : lenient(bytes, best);
    }

    /// The charset of bytes that are not UTF-8, or null.
    static @Nullable Charset best(byte[] bytes) {
        for (Charset utf16 : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            String text = lenient(sample(bytes), utf16);
            if (isUtf16(bytes) && isUsual(text)) {
                return utf16;
            }
        }
        Charset best = null;
        double most = 0.08;
        for (Candidate candidate : CANDIDATES) {
            double score = score(bytes, candidate);
            if (score > most) {
                most = score;
                best = candidate.charset();
            }
        }
        if (best == null) {
            best = byDetector(bytes);
        }
        if (best == null && fits(bytes, StandardCharsets.UTF_8)) {
            best = StandardCharsets.UTF_8; // with a few damaged bytes
        }
        return best;
    }

    /// The share of frequent characters among all beyond ASCII; 0 when the bytes do not fit.
    private static double score(byte[] bytes, Candidate candidate) {
        byte[] sample = sample(bytes);
        if (!fits(sample, candidate.charset())) {
            return 0;
        }
        String text = lenient(sample, candidate.charset());
        int frequent = 0;
        int all = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                all++;
                frequent += candidate.frequent().indexOf(c) >= 0 ? 1 : 0;
            }
        }
        return all == 0 ? 0 : (double) frequent / all;
    }

    /// For the charsets of one byte a character, and for texts of few words.
    private static @Nullable Charset byDetector(byte[] bytes) {
        CharsetDetector detector = new CharsetDetector();
        detector.setText(sample(bytes));
        for (CharsetMatch match : detector.detectAll()) {
            Charset charset = named(match.getName());
            if (charset != null
                    && match.getConfidence() >= 10
                    && !charset.name().startsWith("UTF-")
                    && fits(bytes, charset)
                    && plausible(lenient(sample(bytes), charset)) > 0.99) {
                return charset;
            }
        }
        return null;
    }

    /// Whether at most one character in a thousand is damaged.
    private static boolean fits(byte[] bytes, Charset charset) {
        String text = lenient(bytes, charset);
        long damaged = text.chars().filter(c -> c == 0xFFFD).count();
        return damaged * 1000 <= text.length();
    }

    /// The share of characters that a text may hold.
    static double plausible(String text) {
        if (text.isEmpty()) {
            return 1;
        }
        long odd =
                text.codePoints()
                        .filter(
                                c ->
                                        (Character.isISOControl(c)
                                                        && "\t\n\r\f\u001b".indexOf(c) < 0)
                                                || !Character.isDefined(c)
                                                || c == 0xFFFD
                                                || Character.getType(c) == Character.SURROGATE
                                                || UnicodeScript.of(c) == UnicodeScript.UNKNOWN)
                        .count();
        return 1 - (double) odd / text.codePointCount(0, text.length());
    }

    /// Whether a text in UTF-16 is one: mostly Latin, or Chinese with its frequent characters.
    private static boolean isUsual(String text) {
        String chinese = CANDIDATES.getFirst().frequent() + CANDIDATES.get(1).frequent();
        int ascii = 0;
        int frequent = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            ascii += c >= ' ' && c < 0x7F ? 1 : 0;
            frequent += chinese.indexOf(c) >= 0 ? 1 : 0;
        }
        boolean known = ascii * 2 >= text.length() || frequent * 12 >= text.length() - ascii;
        return known && plausible(text) > 0.97;
    }

    /// Latin text has a zero in every other byte; Chinese has line breaks and full stops in two.
    static boolean isUtf16(byte[] bytes) {
        int[] zeros = new int[2];
        int end = Math.min(bytes.length, SAMPLE);
        for (int i = 0; i < end; i++) {
            zeros[i & 1] += bytes[i] == 0 ? 1 : 0;
        }
        int more = Math.max(zeros[0], zeros[1]);
        int less = Math.min(zeros[0], zeros[1]);
        return more > 0 && less * 3 <= more;
    }

    private static boolean has7BitJapanese(byte[] bytes) {
        for (int i = 0; i + 2 < Math.min(bytes.length, SAMPLE); i++) {
            if (bytes[i] == 0x1B
                    && bytes[i + 1] == '$'
                    && (bytes[i + 2] == 'B' || bytes[i + 2] == '@')) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable String byMark(byte[] b) {
        if (b.length >= 3
                && (b[0] & 0xFF) == 0xEF
                && (b[1] & 0xFF) == 0xBB
                && (b[2] & 0xFF) == 0xBF) {
            return new String(b, 3, b.length - 3, StandardCharsets.UTF_8);
        }
        if (b.length >= 4
                && b[0] == 0
                && b[1] == 0
                && (b[2] & 0xFF) == 0xFE
                && (b[3] & 0xFF) == 0xFF) {
            return new String(b, 4, b.length - 4, Charset.forName("UTF-32BE"));
        }
        if (b.length >= 4
                && (b[0] & 0xFF) == 0xFF
                && (b[1] & 0xFF) == 0xFE
                && b[2] == 0
                && b[3] == 0) {
            return new String(b, 4, b.length - 4, Charset.forName("UTF-32LE"));
        }
        if (b.length >= 2 && (b[0] & 0xFF) == 0xFF && (b[1] & 0xFF) == 0xFE) {
            return new String(b, 2, b.length - 2, StandardCharsets.UTF_16LE);
        }
        if (b.length >= 2 && (b[0] & 0xFF) == 0xFE && (b[1] & 0xFF) == 0xFF) {
            return new String(b, 2, b.length - 2, StandardCharsets.UTF_16BE);
        }
        return null;
    }

    private static byte[] sample(byte[] bytes) {
        return bytes.length <= SAMPLE ? bytes : Arrays.copyOf(bytes, SAMPLE);
    }

    /// The text, or null when the bytes do not fit.
    static @Nullable String strict(byte[] bytes, Charset charset) {
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static String lenient(byte[] bytes, Charset charset) {
        try {
            return charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .onUnmappableCharacter(CodingErrorAction.REPLACE)
                    .replaceWith("\uFFFD")
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalStateException("a decoder that replaces does not fail", e);
        }
    }

    /// By name, the small ones widened to what is really used under it.
    static @Nullable Charset named(@Nullable String name) {
        if (name == null || name.isBlank()) {
            return null;
        }
        String key = name.strip().toLowerCase(Locale.ROOT);
        String wide =
                switch (key) {
                    case "gb2312", "gbk", "gb_2312-80", "x-gbk", "gb18030" -> "GB18030";
                    case "big5", "big5-hkscs", "x-x-big5", "cn-big5" -> "Big5-HKSCS";
                    case "shift_jis", "sjis", "x-sjis", "shift-jis" -> "windows-31j";
                    case "iso-8859-1", "ascii", "us-ascii", "latin1" -> "windows-1252";
                    case "iso-8859-8-i", "iso-8859-8-e" -> "ISO-8859-8";
                    case "ks_c_5601-1987", "euc-kr" -> "x-windows-949";
                    default -> name.strip();
                };
        try {
            return Charset.forName(wide);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return null;
        }
    }
}
