package io.zhiwen.ask.cite;

import io.zhiwen.ask.stream.Terms;
import io.zhiwen.ingest.index.SearchText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The sentences that could bear out one claim, and everything that was sent with them.
final class Evidence {

    private static final int SENTENCES = 3;

    /// A further sentence has to add this share of the claim's words.
    private static final double ADDS = 0.12;

    private static final Pattern LATIN = Pattern.compile("[\\p{L}&&[^\\p{IsHan}]]+");
    private static final Pattern HAN = Pattern.compile("\\p{IsHan}+");
    private static final Pattern BETWEEN_WORDS =
            Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+|(?<=\\p{IsHan})|(?=\\p{IsHan})");

    /// Characters beside those of questions that carry no name and no matter.
    private static final String LITTLE = "年月日个位种所以由上下中时后前里则会能可";

    private final List<SentSentence> chosen;
    private final Set<String> words = new HashSet<>();
    private final String folded;
    private final String context;
    private final double share;

    /// @param claimTerms of the claim
    /// @param sentences of the passages it may rest on
    /// @param context of the passages: names and headings they stand under
    Evidence(Set<String> claimTerms, List<SentSentence> sentences, String context) {
        this.context = SearchText.fold(context);
        this.chosen = chosen(claimTerms, sentences);
        Set<String> terms = new HashSet<>(Terms.of(this.context));
        chosen.forEach(sentence -> terms.addAll(sentence.terms()));
        long shared = claimTerms.stream().filter(terms::contains).count();
        this.share = claimTerms.isEmpty() ? 1 : (double) shared / claimTerms.size();
        StringBuilder all = new StringBuilder(this.context).append('\n');
        sentences.forEach(sentence -> all.append(sentence.folded()).append('\n'));
        this.folded = all.toString();
        for (String word : BETWEEN_WORDS.split(folded, -1)) {
            words.add(word);
            words.add(Terms.stem(word));
        }
    }

    private static List<SentSentence> chosen(Set<String> claim, List<SentSentence> sentences) {
        List<SentSentence> chosen = new ArrayList<>();
        Set<String> open = new HashSet<>(claim);
        while (chosen.size() < SENTENCES) {
            SentSentence best = null;
            double most = chosen.isEmpty() ? 0 : Math.max(1, ADDS * claim.size()) - 0.001;
            for (SentSentence sentence : sentences) {
                double adds = 0;
                for (String term : open) {
                    adds += sentence.terms().contains(term) ? 1 : 0;
                }
                if (adds > most && !chosen.contains(sentence)) {
                    most = adds;
                    best = sentence;
                }
            }
            if (best == null) {
                break;
            }
            chosen.add(best);
            open.removeAll(best.terms());
        }
        return List.copyOf(chosen);
    }

    boolean isEmpty() {
        return chosen.isEmpty();
    }

    /// The share of the claim's words found.
    double share() {
        return share;
    }

    /// Whether the sentences and what they stand under state all these numbers.
    boolean hasNumbers(Set<String> numbers) {
        Set<String> open = new HashSet<>(numbers);
        open.removeAll(Numbers.shown(context));
        chosen.forEach(sentence -> open.removeAll(sentence.numbers()));
        return open.isEmpty();
    }

    /// Whether a clause of the folded claim denies what the sentence nearest to it says, or says
    /// what that one denies.
    boolean isContradictedBy(String claim) {
        return Polarity.clauses(claim).stream()
                .anyMatch(clause -> Polarity.of(clause).contradicts(nearest(clause)));
    }

    private Polarity nearest(String clause) {
        Set<String> wanted = Terms.of(clause);
        SentSentence nearest = chosen.getFirst();
        long most = -1;
        for (SentSentence sentence : chosen) {
            long shared = wanted.stream().filter(sentence.terms()::contains).count();
            if (shared > most) {
                most = shared;
                nearest = sentence;
            }
        }
        return Polarity.of(nearest.folded());
    }

    /// In reading order, folded.
    String text() {
        return String.join(
                "\n",
                chosen.stream()
                        .sorted(
                                Comparator.comparingInt(SentSentence::passage)
                                        .thenComparingInt(SentSentence::place))
                        .map(SentSentence::folded)
                        .toList());
    }

    /// Which characters of a folded claim belong to words that nothing sent has.
    boolean[] unseen(String claim) {
        boolean[] unseen = new boolean[claim.length()];
        Matcher latin = LATIN.matcher(claim);
        while (latin.find()) {
            String word = latin.group();
            boolean known =
                    word.length() < 2
                            || words.contains(word)
                            || words.contains(Terms.stem(word))
                            || Terms.ofQuestion(word).isEmpty();
            Arrays.fill(unseen, latin.start(), latin.end(), !known);
        }
        Matcher han = HAN.matcher(claim);
        while (han.find()) {
            for (int i = han.start(); i < han.end(); i++) {
                boolean before = i > han.start() && folded.contains(claim.substring(i - 1, i + 1));
                boolean behind = i + 1 < han.end() && folded.contains(claim.substring(i, i + 2));
                unseen[i] = !before && !behind && !saysLittle(claim.substring(i, i + 1));
            }
        }
        return unseen;
    }

    private static boolean saysLittle(String character) {
        return LITTLE.contains(character) || Terms.ofQuestion(character).isEmpty();
    }

    boolean hasText(String quoted) {
        return folded.contains(SearchText.fold(quoted));
    }

    boolean hasName(String name) {
        String plain = SearchText.fold(name).toLowerCase(Locale.ROOT);
        return words.contains(plain)
                || words.contains(Terms.stem(plain))
                || (plain.length() > 2 && !isWord(plain) && folded.contains(plain))
                || (plain.length() > 5 && words.contains(plain.substring(0, plain.length() - 1)))
                || isInitials(plain);
    }

    private static boolean isWord(String plain) {
        return plain.chars().allMatch(Character::isLetter);
    }

    private boolean isInitials(String plain) {
        if (plain.length() < 2 || plain.length() > 6) {
            return false;
        }
        StringBuilder pattern = new StringBuilder("(?s).*");
        for (int i = 0; i < plain.length(); i++) {
            if (!Character.isLetter(plain.charAt(i))) {
                return false;
            }
            pattern.append("\\b")
                    .append(plain.charAt(i))
                    .append("\\p{L}+[\\s-](?:of |the |and |for )*");
        }
        return (folded + " ").matches(pattern + ".*");
    }
}
