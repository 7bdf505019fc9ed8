package io.zhiwen.ask.cite;

import io.zhiwen.ask.rerank.LateInteraction;
import io.zhiwen.ask.rerank.LateInteraction.Similarities;
import io.zhiwen.ask.stream.Terms;
import io.zhiwen.ingest.chunk.Language;
import io.zhiwen.ingest.embed.Encoder;
import io.zhiwen.ingest.embed.Encoders;
import io.zhiwen.ingest.embed.TokenVectors;
import io.zhiwen.ingest.index.SearchText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Whether what an answer says stands in the passages it was made from: numbers, dates, names and
/// denials are compared exactly, the meaning by late interaction. For one answer and one thread.
///
/// The weights of the meaning are a logistic regression over true sentences, sentences whose answer
/// was swapped, and sentences of other passages, made of 300 questions of each of three development
/// sets together; `CitationBenchmark` measures on questions that were not among them, see
/// backend/docs/trust.md.
public final class SupportCheck {

    private static final double LIKELY_ENOUGH = 0.25;

    /// What a claim shares with its evidence when nothing about it is new.
    private static final double ALL = 0.9;

    private final Encoders encoders;
    private final List<Source> sources;
    private final Map<Integer, List<SentSentence>> sentences = new HashMap<>();
    private final Map<String, TokenVectors> encoded = new HashMap<>();

    /// What was sent under one number.
    ///
    /// @param context the document's name and the headings it stands under
    public record Source(String text, String context) {}

    /// @param sources number n is the n-th
    public SupportCheck(Encoders encoders, List<Source> sources) {
        this.encoders = encoders;
        this.sources = List.copyOf(sources);
    }

    /// @param claim a plain sentence
    /// @param passages numbers of the passages that together have to bear it out
    public Verdict judge(String claim, Collection<Integer> passages) {
        List<Integer> readable = passages.stream().filter(n -> speaks(n, claim)).toList();
        if (readable.isEmpty()) {
            return acrossLanguages(claim, passages);
        }
        String folded = SearchText.fold(claim);
        Evidence evidence = evidence(Terms.ofQuestion(folded), readable);
        if (evidence.isEmpty()) {
            return Verdict.MEANING;
        }
        if (!evidence.hasNumbers(Numbers.claimed(claim))) {
            return Verdict.NUMBER;
        }
        if (!Names.missing(claim, evidence).isEmpty()) {
            return Verdict.NAME;
        }
        if (evidence.isContradictedBy(folded)) {
            return Verdict.NEGATION;
        }
        return means(folded, evidence) ? Verdict.SUPPORTED : Verdict.MEANING;
    }

    /// The passage that bears a claim out by itself, the first of several.
    ///
    /// @param passages to look in, by number
    public Optional<Integer> bearer(String claim, Collection<Integer> passages) {
        return passages.stream()
                .filter(number -> speaks(number, claim))
                .filter(number -> judge(claim, List.of(number)).holds())
                .findFirst();
    }

    /// The bundled encoders read one language each: of a passage in another one only the figures
    /// can be compared.
    private Verdict acrossLanguages(String claim, Collection<Integer> passages) {
        Set<String> open = new HashSet<>(Numbers.claimed(claim));
        for (int number : passages) {
            Source source = sources.get(number - 1);
            open.removeAll(Numbers.shown(source.context() + "\n" + source.text()));
        }
        return open.isEmpty() ? Verdict.SUPPORTED : Verdict.NUMBER;
    }

    private boolean speaks(int number, String claim) {
        return Language.of(sources.get(number - 1).text()) == Language.of(claim);
    }

    private boolean means(String folded, Evidence evidence) {
        boolean[] unseen = evidence.unseen(folded);
        int longest = longestRun(folded, unseen);
        if (longest == 0 && evidence.share() >= ALL) {
            return true;
        }
        Encoder encoder = encoders.of(Language.of(evidence.text()));
        TokenVectors claim = encoder.embedTokens(folded);
        TokenVectors shown = encoded.computeIfAbsent(evidence.text(), encoder::embedTokens);
        Similarities all = LateInteraction.compare(claim, shown);
        double sum = 0;
        double least = 1;
        double leastUnseen = 1;
        for (int i = 0; i < claim.size(); i++) {
            double best = all.best(i, 0, shown.size());
            sum += best;
            least = Math.min(least, best);
            if (unseen[claim.starts()[i]]) {
                leastUnseen = Math.min(leastUnseen, best);
            }
        }
        double mean = sum / claim.size();
        double x =
                -2.1
                        + 9.06 * mean
                        - 3.08 * (mean - least)
                        - 20.8 * Math.max(0, mean - leastUnseen)
                        + 2.57 * evidence.share()
                        - 1.79 * Math.log1p(longest);
        return 1 / (1 + Math.exp(-x)) >= LIKELY_ENOUGH;
    }

    /// Characters of the longest stretch of words that nothing sent has.
    private static int longestRun(String folded, boolean[] unseen) {
        int longest = 0;
        int run = 0;
        for (int i = 0; i < unseen.length; i++) {
            if (unseen[i]) {
                run++;
            } else if (folded.charAt(i) != ' ') {
                run = 0;
            }
            longest = Math.max(longest, run);
        }
        return longest;
    }

    private Evidence evidence(Set<String> terms, Collection<Integer> passages) {
        List<SentSentence> all = new ArrayList<>();
        StringBuilder context = new StringBuilder();
        for (int number : passages) {
            Source source = sources.get(number - 1);
            all.addAll(sentences.computeIfAbsent(number, n -> SentSentence.of(n, source.text())));
            context.append(source.context()).append('\n');
        }
        return new Evidence(terms, all, context.toString());
    }
}
