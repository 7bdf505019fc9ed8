package io.zhiwen.ingest.clean;

import io.zhiwen.ingest.parse.Block;
import io.zhiwen.ingest.parse.Block.Kind;
import io.zhiwen.ingest.parse.Finding;
import io.zhiwen.ingest.parse.ParsedDocument;
import java.lang.Character.UnicodeScript;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.IntPredicate;

/// What makes the text of a document doubtful: too little of it, a wrong encoding, repetition,
/// boilerplate, a language search is not made for, characters nobody sees or only a font knew.
final class Quality {

    /// Characters a page below which most of it must be something else.
    private static final int LITTLE = 50;

    /// Letters below which shares say nothing.
    private static final int ENOUGH = 60;

    private static final int LONG_ENOUGH_TO_REPEAT = 12;

    /// Characters below which what is said again says nothing.
    private static final int ENOUGH_TO_REPEAT = 1000;

    /// In percent of the text.
    private static final int MUCH_BOILERPLATE = 20;

    /// Fewer letters of private use are marks and logos.
    private static final int FEWEST_PRIVATE = 10;

    /// The byte ranges of the frequent signs: 3,755 simplified, 5,401 traditional.
    private static final Charset SIMPLIFIED = Charset.forName("GB2312");

    private static final Charset TRADITIONAL = Charset.forName("Big5");

    private Quality() {}

    static List<Finding> of(ParsedDocument parsed, List<Block> clean) {
        List<Finding> findings = new ArrayList<>(parsed.findings());
        Integer pages = parsed.pages();
        int characters = clean.stream().mapToInt(block -> block.text().length()).sum();
        if (pages != null && pages > 0 && characters / pages < LITTLE) {
            findings.add(Finding.ofDocument(Finding.Kind.LITTLE_TEXT, characters / pages));
        }
        addShares(findings, parsed);
        addRepetition(findings, clean, characters);
        int boilerplate = characters < ENOUGH_TO_REPEAT ? 0 : Boilerplate.percent(parsed.blocks());
        if (boilerplate >= MUCH_BOILERPLATE) {
            findings.add(Finding.ofDocument(Finding.Kind.BOILERPLATE, boilerplate));
        }
        addWhere(findings, Finding.Kind.HIDDEN_CHARACTERS, parsed, 1, Quality::isHidden);
        addWhere(
                findings, Finding.Kind.PRIVATE_LETTERS, parsed, FEWEST_PRIVATE, Quality::isPrivate);
        findings.addAll(Sensitive.findings(clean));
        return findings;
    }

    private static void addShares(List<Finding> findings, ParsedDocument parsed) {
        IntPredicate frequent = frequentSigns();
        int letters = 0;
        int wrong = 0;
        int other = 0;
        for (Block block : parsed.blocks()) {
            String text = block.text();
            for (int i = 0; i < text.length(); ) {
                int c = text.codePointAt(i);
                i += Character.charCount(c);
                if (c == 0xFFFD || (c >= 0x80 && c <= 0xFF && !Character.isWhitespace(c))) {
                    letters++;
                    wrong++;
                } else if (Character.isLetter(c)) {
                    letters++;
                    UnicodeScript script = UnicodeScript.of(c);
                    wrong += script == UnicodeScript.HAN && !frequent.test(c) ? 1 : 0;
                    boolean known = script == UnicodeScript.HAN || script == UnicodeScript.LATIN;
                    other += known ? 0 : 1;
                }
            }
        }
        if (letters >= ENOUGH && wrong * 100L / letters >= 40) {
            findings.add(Finding.ofDocument(Finding.Kind.MOJIBAKE, wrong * 100 / letters));
        }
        if (letters >= ENOUGH && other * 2 > letters) {
            findings.add(Finding.ofDocument(Finding.Kind.OTHER_LANGUAGE, other * 100 / letters));
        }
    }

    /// In text that a wrong encoding made Chinese, hardly a sign is a frequent one.
    private static IntPredicate frequentSigns() {
        CharsetEncoder simplified = SIMPLIFIED.newEncoder();
        CharsetEncoder traditional = TRADITIONAL.newEncoder();
        Map<Integer, Boolean> known = new HashMap<>();
        return sign ->
                known.computeIfAbsent(
                        sign,
                        c -> leadByte(simplified, c) < 0xD8 || leadByte(traditional, c) < 0xC7);
    }

    private static int leadByte(CharsetEncoder encoder, int c) {
        try {
            return encoder.encode(CharBuffer.wrap(Character.toString(c))).get() & 0xFF;
        } catch (CharacterCodingException e) {
            return 0xFF; // it has no such sign
        }
    }

    private static void addRepetition(List<Finding> findings, List<Block> clean, int characters) {
        Set<String> seen = new HashSet<>();
        long again = 0;
        for (Block block : clean) {
            String text = block.text();
            boolean counts = block.kind() != Kind.TABLE && text.length() >= LONG_ENOUGH_TO_REPEAT;
            if (counts && !seen.add(text)) {
                again += text.length();
            }
        }
        if (characters >= ENOUGH_TO_REPEAT && again * 100 / characters >= 30) {
            int percent = (int) (again * 100 / characters);
            findings.add(Finding.ofDocument(Finding.Kind.REPETITION, percent));
        }
    }

    /// How many such characters there are, and on which pages, when they are not fewer than this.
    private static void addWhere(
            List<Finding> findings,
            Finding.Kind kind,
            ParsedDocument parsed,
            int fewest,
            IntPredicate such) {
        long all = 0;
        SortedSet<Integer> pages = new TreeSet<>();
        for (Block block : parsed.blocks()) {
            long here = block.text().codePoints().filter(such).count();
            Integer page = block.page();
            all += here;
            if (here > 0 && page != null) {
                pages.add(page);
            }
        }
        if (all >= fewest) {
            findings.add(Finding.onPages(kind, List.copyOf(pages), (int) all));
        }
    }

    private static boolean isPrivate(int c) {
        return Character.getType(c) == Character.PRIVATE_USE;
    }

    /// Tag characters, controls that turn the direction of writing, and zero-width spaces.
    private static boolean isHidden(int c) {
        return (c >= 0xE0000 && c <= 0xE007F)
                || (c >= 0x202A && c <= 0x202E)
                || (c >= 0x2066 && c <= 0x2069)
                || c == 0x200B
                || c == 0x2060;
    }
}
