package io.zhiwen.suggest;

import io.zhiwen.account.Access;
import io.zhiwen.account.Audit;
import io.zhiwen.account.NoSuchKnowledgeBase;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Right;
import io.zhiwen.ask.stream.PassageReader;
import io.zhiwen.ingest.index.IndexFollower;
import io.zhiwen.ingest.store.StoredChunk;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/// Whether a model makes questions of a base's passages, within which limits, and how far it is.
/// What it makes is searched and shown to those who mend passages, and goes nowhere else. Safe for
/// concurrent use.
@Component
public class PassageQuestions {

    /// A passage with its instructions must fit into both limits.
    public static final int FEWEST_TOKENS = 2_000;

    public static final int MOST_TOKENS = 100_000_000;

    /// Tokens a model may spend.
    public record Limits(int perDay, int perDocument) {

        /// @throws IllegalArgumentException when they are out of bounds
        public Limits {
            if (!isSound(perDay) || !isSound(perDocument)) {
                throw new IllegalArgumentException(
                        "from %d to %d tokens".formatted(FEWEST_TOKENS, MOST_TOKENS));
            }
        }

        private static boolean isSound(int tokens) {
            return tokens >= FEWEST_TOKENS && tokens <= MOST_TOKENS;
        }
    }

    /// How it goes. Pages say it under `generated.state.<code>`.
    public enum State {
        OFF,
        NO_MODEL,
        WORKING,
        DAY_USED_UP,
        FAILED,
        /// What is left is in documents whose limit is used up.
        DOCUMENTS_USED_UP,
        COMPLETE
    }

    /// @param limits null when it is off
    /// @param passages that readers may find
    /// @param done how many of them were read
    /// @param spent tokens today (UTC)
    public record Progress(
            @Nullable Limits limits, State state, long passages, long done, long spent) {}

    private final PassageWork work;
    private final MadeQuestions made;
    private final NothingLeft nothingLeft;
    private final PassageReader reader;
    private final PassageQuestionRunner runner;
    private final Access access;
    private final Audit audit;
    private final TransactionOperations transaction;
    private final IndexFollower follower;

    PassageQuestions(
            PassageWork work,
            MadeQuestions made,
            NothingLeft nothingLeft,
            PassageReader reader,
            PassageQuestionRunner runner,
            Access access,
            Audit audit,
            TransactionOperations transaction,
            IndexFollower follower) {
        this.work = work;
        this.made = made;
        this.nothingLeft = nothingLeft;
        this.reader = reader;
        this.runner = runner;
        this.access = access;
        this.audit = audit;
        this.transaction = transaction;
        this.follower = follower;
    }

    /// @throws NoSuchKnowledgeBase when the base is not there for them
    public Progress of(Principal who, KnowledgeBaseId base) {
        access.require(who, base, Right.MANAGE);
        var now = work.of(base).orElseThrow(() -> new NoSuchKnowledgeBase(base));
        var limits = now.limits();
        if (limits == null) {
            return new Progress(null, State.OFF, made.passages(base), 0, now.spent());
        }
        var idle = nothingLeft.in(base, limits).orElse(null);
        var count = idle == null ? made.count(base) : idle;
        List<StoredChunk> next = List.of();
        if (idle == null && count.done() < count.passages()) {
            next = made.next(base, limits, MadeQuestions.FIRST);
            // once more, so that what was done meanwhile is not taken for what has no room
            count = next.isEmpty() ? made.count(base) : count;
        }
        return new Progress(
                limits,
                state(base, limits, now, next, count),
                count.passages(),
                count.done(),
                now.spent());
    }

    /// Turns it on, changes the limits, or turns it off, which takes away what was made.
    ///
    /// @param limits null to turn it off
    /// @throws NoSuchKnowledgeBase when the base is not there for them
    public void save(Principal who, KnowledgeBaseId base, @Nullable Limits limits) {
        access.require(who, base, Right.MANAGE);
        transaction.executeWithoutResult(
                _ -> {
                    if (!work.limit(base, limits)) {
                        throw new NoSuchKnowledgeBase(base);
                    }
                    if (limits == null) {
                        made.forget(base);
                    }
                    audit.record(
                            who,
                            "base.generated-questions",
                            "base:" + base,
                            limits == null
                                    ? Map.of("on", false)
                                    : Map.of(
                                            "on", true,
                                            "tokensPerDay", limits.perDay(),
                                            "tokensPerDocument", limits.perDocument()));
                });
        nothingLeft.forget(base);
        follower.wake();
        runner.wake();
    }

    /// What was made of passages, by their ids; only of those that have any. The caller has seen to
    /// it that whoever gets it may mend them.
    public Map<Long, String> made(Collection<StoredChunk> passages) {
        return made.made(passages.stream().map(StoredChunk::id).toList());
    }

    private State state(
            KnowledgeBaseId base,
            Limits limits,
            PassageWork.Work now,
            List<StoredChunk> next,
            MadeQuestions.Count count) {
        if (count.done() >= count.passages()) {
            return State.COMPLETE;
        }
        if (!reader.hasModel(base)) {
            return State.NO_MODEL;
        }
        if (next.isEmpty()) {
            return State.DOCUMENTS_USED_UP;
        }
        if (now.failed()) {
            return State.FAILED;
        }
        return now.spent() + PassageWork.cost(next.getFirst()) <= limits.perDay()
                ? State.WORKING
                : State.DAY_USED_UP;
    }
}
