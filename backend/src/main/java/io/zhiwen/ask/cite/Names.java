package io.zhiwen.ask.cite;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The names of a text that can be told by their writing: capitals, codes, Latin words in Chinese,
/// and what stands in quotation or title marks.
final class Names {

    private static final Pattern WORD =
            Pattern.compile(
                    "[\\p{IsLatin}\\p{IsGreek}\\p{IsCyrillic}][\\p{L}\\p{M}\\p{N}&&[^\\p{IsHan}]]*(?:[-.'’&/][\\p{L}\\p{N}&&[^\\p{IsHan}]]+)*");
    private static final Pattern QUOTED = Pattern.compile("[《「『“]([^《》「」『』“”]{2,30})[》」』”]");
    private static final Pattern POSSESSIVE = Pattern.compile("['’]s?$");

    /// Begin sentences, or are capitalised out of habit.
    private static final Set<String> NO_NAMES =
            Set.of(
                    "i",
                    "the",
                    "a",
                    "an",
                    "in",
                    "on",
                    "at",
                    "by",
                    "of",
                    "to",
                    "for",
                    "from",
                    "with",
                    "and",
                    "or",
                    "but",
                    "it",
                    "its",
                    "he",
                    "she",
                    "they",
                    "we",
                    "you",
                    "his",
                    "her",
                    "their",
                    "this",
                    "that",
                    "these",
                    "those",
                    "there",
                    "when",
                    "while",
                    "after",
                    "before",
                    "since",
                    "as",
                    "if",
                    "although",
                    "however",
                    "therefore",
                    "thus",
                    "during",
                    "according",
                    "based",
                    "both",
                    "each",
                    "all",
                    "some",
                    "many",
                    "most",
                    "one",
                    "two",
                    "yes",
                    "no",
                    "not",
                    "also",
                    "under",
                    "between",
                    "passage",
                    "source",
                    "document");

    private Names() {}

    /// The names of a claim that `evidence` does not have.
    static Set<String> missing(String claim, Evidence evidence) {
        Set<String> missing = new LinkedHashSet<>();
        boolean latin =
                claim.codePoints()
                        .filter(Character::isLetter)
                        .limit(400)
                        .noneMatch(
                                c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN);
        Matcher words = WORD.matcher(claim);
        while (words.find()) {
            String word = POSSESSIVE.matcher(words.group()).replaceFirst("");
            boolean first = isFirst(claim, words.start());
            boolean capital =
                    Character.isUpperCase(word.codePointAt(0))
                            || word.chars().skip(1).anyMatch(Character::isUpperCase);
            boolean name =
                    !latin
                            ? word.length() > 1
                            : capital && (!first || nextIsCapital(claim, words.end()));
            String lower = word.toLowerCase(Locale.ROOT);
            if (name
                    && !NO_NAMES.contains(lower)
                    && !Numbers.MONTHS.contains(lower)
                    && !evidence.hasName(word)) {
                missing.add(word);
            }
        }
        Matcher quoted = QUOTED.matcher(claim);
        while (quoted.find()) {
            if (!evidence.hasText(quoted.group(1))) {
                missing.add(quoted.group(1));
            }
        }
        return missing;
    }

    private static boolean isFirst(String claim, int at) {
        for (int i = at - 1; i >= 0; i--) {
            char c = claim.charAt(i);
            if (c == '.' || c == '!' || c == '?' || c == ':') {
                return true;
            }
            if (Character.isLetterOrDigit(c)) {
                return false;
            }
        }
        return true;
    }

    private static boolean nextIsCapital(String claim, int from) {
        return from + 1 < claim.length()
                && claim.charAt(from) == ' '
                && Character.isUpperCase(claim.charAt(from + 1));
    }
}
