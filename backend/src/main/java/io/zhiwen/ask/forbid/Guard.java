package io.zhiwen.ask.forbid;

import com.google.re2j.Pattern;
import io.zhiwen.ingest.chunk.Language;
import io.zhiwen.ingest.chunk.Sentences;
import io.zhiwen.ingest.embed.Encoders;
import io.zhiwen.ingest.parse.Span;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Holds texts against what is forbidden. Phrases are compared folded; patterns see the text both
/// as it is and folded. Topics are compared by the bundled encoder of the text's language, so a
/// topic is to be written in each language it is asked about in. Safe for concurrent use.
public final class Guard {

    private static final int MOST_SENTENCES = 50;

    private final List<Rules> bases;
    private final Encoders encoders;

    Guard(List<Rules> bases, Encoders encoders) {
        this.bases = List.copyOf(bases);
        this.encoders = encoders;
    }

    /// @param forbidden in each base
    public static Guard of(Map<KnowledgeBaseId, Forbidden> forbidden, Encoders encoders) {
        return new Guard(
                forbidden.entrySet().stream()
                        .map(one -> Rules.of(one.getKey(), one.getValue(), encoders))
                        .toList(),
                encoders);
    }

    public boolean isEmpty() {
        return bases.isEmpty();
    }

    /// The first rule that a text comes upon, words before topics.
    public Optional<Hit> forbids(String text) {
        return words(text).or(() -> near(text).filter(Near::isTooNear).map(Near::hit).findFirst());
    }

    /// The same of phrases and patterns only, for any length of text.
    public Optional<Hit> words(String text) {
        if (bases.isEmpty()) {
            return Optional.empty();
        }
        String folded = Folded.of(text);
        return bases.stream().flatMap(rules -> words(rules, text, folded)).findFirst();
    }

    /// The topic most alike, forbidden or not, for those who try rules out.
    public Optional<Hit> nearestTopic(String text) {
        return near(text).map(Near::hit).max(Comparator.comparingDouble(Hit::likeness));
    }

    private static Stream<Hit> words(Rules rules, String text, String folded) {
        Stream<Hit> phrases =
                rules.phrases().stream()
                        .filter(phrase -> Folded.has(folded, phrase.folded()))
                        .map(phrase -> rules.hit(Hit.Kind.PHRASE, phrase.written(), 1));
        Stream<Hit> patterns =
                rules.patterns().stream()
                        .filter(one -> finds(one, text) || finds(one, folded))
                        .map(one -> rules.hit(Hit.Kind.PATTERN, one.pattern(), 1));
        return Stream.concat(phrases, patterns);
    }

    private static boolean finds(Pattern pattern, String text) {
        return pattern.matcher(text).find();
    }

    private record Near(Hit hit, double needed) {
        private boolean isTooNear() {
            return hit.likeness() >= needed;
        }
    }

    private Stream<Near> near(String text) {
        Language language = Language.of(text);
        if (text.isBlank() || bases.stream().allMatch(one -> one.topics().isEmpty())) {
            return Stream.empty();
        }
        return parts(text)
                .map(part -> Rules.embedded(part, language, encoders))
                .flatMap(asked -> bases.stream().flatMap(rules -> near(rules, language, asked)));
    }

    /// The whole and each sentence of it: one sentence about a topic is not to hide among others.
    private static Stream<String> parts(String text) {
        List<Span> sentences = Sentences.of(text);
        return sentences.size() < 2
                ? Stream.of(text)
                : Stream.concat(
                        Stream.of(text),
                        sentences.stream()
                                .limit(MOST_SENTENCES)
                                .map(one -> one.of(text))
                                .filter(one -> !one.isBlank()));
    }

    private static Stream<Near> near(Rules rules, Language language, float[] asked) {
        return rules.topics().stream()
                .filter(topic -> topic.language() == language)
                .map(topic -> near(rules, topic, asked));
    }

    private static Near near(Rules rules, Rules.Topic topic, float[] asked) {
        double likeness = cosine(asked, topic.vector());
        Hit hit = rules.hit(Hit.Kind.TOPIC, topic.written(), likeness);
        return new Near(hit, rules.forbidden().likeness());
    }

    private static double cosine(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
