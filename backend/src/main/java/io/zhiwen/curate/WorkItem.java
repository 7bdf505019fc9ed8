package io.zhiwen.curate;

import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Questions of one meaning that did not get a good answer.
///
/// @param base whose documents came nearest; null where none did
/// @param wordings at least one, the most frequent first
/// @param reasons how often each was why
/// @param asked how often it was asked since it came up
/// @param askers how many asked it
/// @param assignee by name; null for nobody
/// @param note what document is wanted, or why it was dismissed; may be empty
/// @param approved the answer somebody approved for it
/// @param proof what came when it was asked again; empty before that
public record WorkItem(
        UUID id,
        @Nullable KnowledgeBaseId base,
        @Nullable String baseName,
        List<String> wordings,
        Map<Why, Long> reasons,
        long asked,
        long askers,
        State state,
        @Nullable UUID assignedTo,
        @Nullable String assignee,
        String note,
        @Nullable UUID approved,
        List<Proof> proof,
        @Nullable Instant provenAt,
        Instant lastAsked) {

    /// What was not good about an answer.
    public enum Why {
        REFUSED,
        WEAK,
        UNSUPPORTED,
        THUMB;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// What became of it.
    public enum State {
        OPEN,
        /// Somebody is to bring a document.
        WANTED,
        DONE,
        DISMISSED;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// One wording asked again.
    ///
    /// @param works whether it now gets an answer that the sources bear out
    /// @param engine as `Answer.Engine`, in small letters; empty when it failed
    public record Proof(
            String question, boolean works, String engine, String answer, List<String> sources) {
        public Proof {
            sources = List.copyOf(sources);
        }
    }

    public WorkItem {
        wordings = List.copyOf(wordings);
        reasons = Map.copyOf(reasons);
        proof = List.copyOf(proof);
    }

    /// The wording it is called by.
    public String question() {
        return wordings.getFirst();
    }

    /// Whether all of it worked when it was last asked again.
    public boolean works() {
        return works(proof);
    }

    /// What becomes of it once it was asked again. A reader's thumb down outweighs that the sources
    /// bear the answer out.
    State after(List<Proof> now) {
        boolean trusted =
                !reasons.containsKey(Why.THUMB)
                        || now.stream().allMatch(one -> one.engine().equals("approved"));
        if (works(now) && trusted) {
            return State.DONE;
        }
        return state == State.DONE && !works(now) ? State.OPEN : state;
    }

    private static boolean works(List<Proof> proof) {
        return !proof.isEmpty() && proof.stream().allMatch(Proof::works);
    }

    public boolean isClosed() {
        return state == State.DONE || state == State.DISMISSED;
    }
}
