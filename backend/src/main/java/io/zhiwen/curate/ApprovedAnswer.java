package io.zhiwen.curate;

import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An answer of a base that somebody stands for.
///
/// @param by who approved it, by name
/// @param expiresOn the last day it is given; null for ever
/// @param given how often readers got it
public record ApprovedAnswer(
        UUID id,
        KnowledgeBaseId base,
        List<String> questions,
        String text,
        List<Source> sources,
        String by,
        Instant approvedAt,
        Instant addedAt,
        @Nullable LocalDate expiresOn,
        State state,
        long given) {

    /// @param name of the document as it is now, or as it was when it went
    /// @param there whether it can still be read
    /// @param changed whether it was replaced since the answer was approved
    public record Source(
            UUID document, String name, String quote, boolean there, boolean changed) {}

    /// Whether it is given.
    public enum State {
        GIVEN,
        EXPIRED,
        /// A document it rests on is gone: it is not given.
        SOURCE_GONE,
        /// It is given; a document it rests on was replaced since.
        SOURCE_CHANGED;

        /// e.g. `source-gone`
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static State of(boolean expired, List<Source> sources) {
            if (sources.stream().anyMatch(source -> !source.there())) {
                return SOURCE_GONE;
            }
            if (expired) {
                return EXPIRED;
            }
            return sources.stream().anyMatch(Source::changed) ? SOURCE_CHANGED : GIVEN;
        }
    }

    public ApprovedAnswer {
        questions = List.copyOf(questions);
        sources = List.copyOf(sources);
    }

    /// What it can be written with again.
    public ApprovedDraft draft() {
        return new ApprovedDraft(
                questions,
                text,
                sources.stream()
                        .map(source -> new ApprovedDraft.Source(source.document(), source.quote()))
                        .toList(),
                expiresOn);
    }
}
