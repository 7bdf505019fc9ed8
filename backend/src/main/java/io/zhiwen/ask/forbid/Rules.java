package io.zhiwen.ask.forbid;

import com.google.re2j.Pattern;
import io.zhiwen.ingest.chunk.Language;
import io.zhiwen.ingest.embed.Encoders;
import io.zhiwen.ingest.index.SearchText;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.List;

/// What one base forbids, made ready once: phrases folded, patterns compiled, topics embedded.
///
/// @param forbidden as its managers wrote it
record Rules(
        KnowledgeBaseId base,
        Forbidden forbidden,
        List<Phrase> phrases,
        List<Pattern> patterns,
        List<Topic> topics) {

    record Phrase(String written, String folded) {}

    /// @param vector from the encoder of its language; empty for nothing to compare
    record Topic(String written, Language language, float[] vector) {}

    static Rules of(KnowledgeBaseId base, Forbidden forbidden, Encoders encoders) {
        return new Rules(
                base,
                forbidden,
                forbidden.phrases().stream().map(one -> new Phrase(one, Folded.of(one))).toList(),
                BoundedPattern.all(forbidden.patterns()),
                forbidden.topics().stream().map(one -> topic(one, encoders)).toList());
    }

    static float[] embedded(String text, Language language, Encoders encoders) {
        return encoders.of(language).embed(SearchText.fold(text));
    }

    Hit hit(Hit.Kind kind, String rule, double likeness) {
        return new Hit(base, kind, rule, likeness, forbidden.reply());
    }

    private static Topic topic(String written, Encoders encoders) {
        Language language = Language.of(written);
        return new Topic(written, language, embedded(written, language, encoders));
    }
}
