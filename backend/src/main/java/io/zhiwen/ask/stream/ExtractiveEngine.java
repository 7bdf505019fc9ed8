package io.zhiwen.ask.stream;

import io.zhiwen.ask.question.Question;
import io.zhiwen.ask.question.Tongue;
import io.zhiwen.ask.rerank.Passage;
import io.zhiwen.ask.rerank.PassageTokens;
import io.zhiwen.ask.translate.Translation;
import io.zhiwen.ask.translate.Translator;
import io.zhiwen.ingest.chunk.Language;
import io.zhiwen.ingest.embed.Encoders;
import io.zhiwen.ingest.embed.TokenVectors;
import io.zhiwen.ingest.index.SearchText;
import io.zhiwen.ingest.store.StoredChunk;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Answers with the passages' own sentences when no chat model does: at most three, each with its
/// citation, in reading order. Whether the passages are relevant enough at all is decided before it
/// is asked. Safe for concurrent use.
public final class ExtractiveEngine {

    /// Passages that are looked at; each whose tokens are not kept costs one run of the encoder.
    private static final int PASSAGES = 6;

    private static final int SENTENCES = 3;

    /// A further sentence is shown only when its score is this near to the best.
    private static final double NEAR = 5;

    /// Rows and items are alike by nature: a further one must be nearer.
    private static final double NEAR_ITEM = 2;

    private static final int ITEMS = 8;

    private static final double ALIKE = 0.8;

    private final Encoders encoders;
    private final PassageTokens passages;
    private final Translator translator = new Translator();

    public ExtractiveEngine(Encoders encoders, PassageTokens passages) {
        this.encoders = encoders;
        this.passages = passages;
    }

    /// @param passages numbered from 1 as the answer cites them, best first
    public ExtractiveAnswer answer(Question question, List<Passage> passages) {
        return answer(question.text(), question.tongue(), passages);
    }

    ExtractiveAnswer answer(String question, Tongue tongue, List<Passage> passages) {
        Map<Language, String> said = said(question, passages);
        List<Candidate> candidates = candidates(said, passages);
        if (candidates.isEmpty()) {
            return refusal(tongue, passages.size());
        }
        Language read =
                passages.get(candidates.getFirst().passage() - 1).source().chunk().language();
        String inItsWords = said.getOrDefault(read, question);
        Candidate definition = definition(inItsWords, candidates);
        if (definition != null) {
            candidates.remove(definition);
            candidates.addFirst(definition);
        }
        Set<String> asked = Terms.ofQuestion(SearchText.fold(question));
        List<Candidate> shown = chosen(candidates, asked);
        if (definition == null) {
            shown.set(0, emphasised(inItsWords, shown.getFirst()));
        }
        List<Candidate> ordered = inReadingOrder(shown, definition, passages);
        return new ExtractiveAnswer(
                ExtractiveText.of(ordered),
                false,
                ordered.stream().map(Candidate::passage).distinct().toList(),
                shown.stream().map(one -> ExtractiveText.trim(one.unit().text())).toList());
    }

    /// Where a meaning is asked for, the best of the sentences that say it.
    private static @Nullable Candidate definition(String question, List<Candidate> candidates) {
        Definition asked = Definition.askedBy(question).orElse(null);
        if (asked == null) {
            return null;
        }
        double enough = candidates.getFirst().score() - NEAR;
        return candidates.stream()
                .filter(one -> one.unit().kind() == Unit.Kind.SENTENCE && one.score() >= enough)
                .filter(one -> asked.isSaidBy(one.unit().text()))
                .findFirst()
                .orElse(null);
    }

    private static Candidate emphasised(String question, Candidate best) {
        return best.unit().kind() == Unit.Kind.TABLE_ROW
                ? best
                : AnswerPhrase.in(question, best.unit().text()).map(best::with).orElse(best);
    }

    /// Says that the documents hold no answer, with the nearest of the passages.
    public ExtractiveAnswer refusal(Question question, List<Passage> nearest) {
        return refusal(question.tongue(), nearest.size());
    }

    /// Every unit that can answer, best first.
    List<Candidate> candidates(String question, List<Passage> passages) {
        return candidates(said(question, passages), passages);
    }

    /// The question in the languages of the passages; a word that may mean several things means
    /// what they speak of.
    private Map<Language, String> said(String question, List<Passage> passages) {
        Map<Language, Set<String>> terms = new EnumMap<>(Language.class);
        passages.stream()
                .limit(PASSAGES)
                .map(passage -> passage.source().chunk())
                .forEach(
                        chunk ->
                                terms.computeIfAbsent(chunk.language(), _ -> new HashSet<>())
                                        .addAll(Terms.of(SearchText.fold(chunk.text()))));
        Map<Language, String> said = new EnumMap<>(Language.class);
        terms.forEach((language, known) -> said.put(language, said(question, language, known)));
        return said;
    }

    private String said(String question, Language in, Set<String> terms) {
        if (Language.of(question) == in) {
            return question;
        }
        return translator
                .translate(question, in)
                .map(
                        words ->
                                words.asSaid(
                                        way -> terms.containsAll(Terms.of(SearchText.fold(way)))))
                .map(Translation::text)
                .orElse(question);
    }

    private List<Candidate> candidates(Map<Language, String> said, List<Passage> passages) {
        List<TokenVectors> tokens =
                tokens(passages.stream().limit(PASSAGES).map(Passage::source).toList());
        Map<Language, SentenceScores> scores = new EnumMap<>(Language.class);
        for (int i = 0; i < tokens.size(); i++) {
            Passage passage = passages.get(i);
            scores.computeIfAbsent(
                            passage.source().chunk().language(),
                            language ->
                                    new SentenceScores(
                                            said.getOrDefault(language, ""), encoders.of(language)))
                    .read(i + 1, passage, tokens.get(i));
        }
        List<Candidate> candidates = new ArrayList<>();
        scores.values().forEach(inLanguage -> candidates.addAll(inLanguage.candidates()));
        candidates.sort(
                Comparator.comparingDouble(Candidate::score)
                        .reversed()
                        .thenComparingInt(Candidate::passage)
                        .thenComparingInt(Candidate::place));
        return candidates;
    }

    private List<TokenVectors> tokens(List<StoredChunk> chunks) {
        Map<Language, List<StoredChunk>> byLanguage =
                chunks.stream().collect(Collectors.groupingBy(one -> one.chunk().language()));
        Map<Long, TokenVectors> tokens = new ConcurrentHashMap<>();
        byLanguage.forEach(
                (language, some) -> {
                    var reading = passages.of(some, encoders.of(language));
                    some.parallelStream().forEach(one -> tokens.put(one.id(), reading.ofText(one)));
                });
        return chunks.stream().map(one -> tokens.get(one.id())).toList();
    }

    /// The best, and what adds to it: near in score and not the same again. Items of one list, or
    /// rows of one table, count as one; a row that answers best stands with rows of its table only.
    ///
    /// @param asked the question's terms
    private static List<Candidate> chosen(List<Candidate> candidates, Set<String> asked) {
        List<Candidate> chosen = new ArrayList<>();
        Candidate first = candidates.getFirst();
        boolean table = first.unit().kind() == Unit.Kind.TABLE_ROW;
        int parts = 0;
        for (Candidate candidate : candidates) {
            if (candidate.score() < first.score() - NEAR) {
                break;
            }
            if (table && (!isBeside(candidate, first) || holdsLess(candidate, first, asked))) {
                continue;
            }
            List<Candidate> beside =
                    chosen.stream().filter(other -> isBeside(candidate, other)).toList();
            boolean again =
                    chosen.stream()
                            .filter(other -> !beside.contains(other))
                            .anyMatch(c -> Terms.overlap(c.terms(), candidate.terms()) > ALIKE);
            boolean fits =
                    beside.isEmpty()
                            ? parts < SENTENCES
                            : beside.size() < ITEMS
                                    && candidate.score() > beside.getFirst().score() - NEAR_ITEM;
            if (fits && !again) {
                chosen.add(candidate);
                parts += beside.isEmpty() ? 1 : 0;
            }
        }
        return chosen;
    }

    /// Whether all that this row holds of the question is in the other, which holds more: the other
    /// is of the year that was asked for, and this one is not.
    private static boolean holdsLess(Candidate row, Candidate other, Set<String> asked) {
        Set<String> held = new HashSet<>(asked);
        held.retainAll(row.terms());
        return other.terms().containsAll(held)
                && asked.stream().anyMatch(t -> other.terms().contains(t) && !held.contains(t));
    }

    private static boolean isBeside(Candidate a, Candidate b) {
        return a.passage() == b.passage() && a.unit().isBeside(b.unit());
    }

    /// A definition, then document after document, the one with the best sentence first; inside, as
    /// they stand there.
    private static List<Candidate> inReadingOrder(
            List<Candidate> shown, @Nullable Candidate definition, List<Passage> passages) {
        List<Object> documents =
                shown.stream()
                        .map(c -> (Object) passages.get(c.passage() - 1).source().document())
                        .distinct()
                        .toList();
        Comparator<Candidate> definitionFirst = Comparator.comparing(c -> !c.equals(definition));
        return shown.stream()
                .sorted(
                        definitionFirst
                                .thenComparingInt(
                                        c ->
                                                documents.indexOf(
                                                        passages.get(c.passage() - 1)
                                                                .source()
                                                                .document()))
                                .thenComparingInt(
                                        c ->
                                                passages.get(c.passage() - 1)
                                                        .source()
                                                        .chunk()
                                                        .ordinal())
                                .thenComparingInt(Candidate::place))
                .toList();
    }

    private static ExtractiveAnswer refusal(Tongue tongue, int passages) {
        List<Integer> nearest =
                IntStream.rangeClosed(1, Math.min(SENTENCES, passages)).boxed().toList();
        return new ExtractiveAnswer(
                ExtractiveText.refusal(tongue, !nearest.isEmpty()), true, nearest, List.of());
    }
}
