package io.zhiwen.webhook;

import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An address that is told what happens.
///
/// @param bases of which; empty for all of them
/// @param waiting how much it still has to be told
/// @param failing why the last try failed; null when it did not
public record Webhook(
        UUID id,
        String name,
        String url,
        Set<Event> events,
        boolean allBases,
        List<KnowledgeBaseId> bases,
        Instant createdAt,
        long waiting,
        @Nullable String failing) {

    /// What somebody can be told.
    public enum Event {
        DOCUMENT_READY,
        DOCUMENT_FAILED,
        DOCUMENT_HELD,
        QUESTION_UNANSWERED;

        /// e.g. `document.ready`
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '.');
        }

        /// Empty for a word that is none of ours.
        public static Optional<Event> of(String code) {
            return Arrays.stream(values()).filter(one -> one.code().equals(code)).findFirst();
        }
    }

    /// One thing to tell.
    ///
    /// @param event as `Event.code`, or `ping`
    /// @param dueAt when it is tried next; null when it was delivered or given up
    /// @param said what the last try came to; empty before it
    public record Delivery(
            UUID id,
            String event,
            Instant at,
            int tries,
            @Nullable Instant dueAt,
            @Nullable Instant deliveredAt,
            String said) {}

    public Webhook {
        events = Set.copyOf(events);
        bases = List.copyOf(bases);
    }
}
