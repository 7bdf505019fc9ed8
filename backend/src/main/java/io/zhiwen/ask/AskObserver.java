package io.zhiwen.ask;

import io.zhiwen.ask.retrieve.Leg;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Hears how questions went, without what was asked, on the thread that answers.
public interface AskObserver {

    /// Nobody listens.
    AskObserver NONE = new AskObserver() {};

    /// How a question ended for its asker.
    enum Outcome {
        /// People had approved an answer.
        APPROVED,
        /// The database computed it from a table.
        COMPUTED,
        /// A model wrote the answer.
        ANSWERED,
        /// The passages answered themselves.
        EXTRACTIVE,
        /// The documents hold no answer.
        REFUSED,
        STOPPED,
        FAILED;

        /// Of an answer that this wrote.
        static Outcome of(Answer.Engine engine) {
            return switch (engine) {
                case APPROVED -> APPROVED;
                case COMPUTED -> COMPUTED;
                case EXTRACTIVE -> EXTRACTIVE;
                case LLM -> ANSWERED;
            };
        }
    }

    /// A stage and how long it took.
    record Lap(String stage, Duration took) {}

    /// One search: of a question, or of the API.
    ///
    /// @param legs each with its time and what it found, or why it found nothing
    /// @param reread candidates the reranker was given
    /// @param scored how many of them it scored in its time
    record Retrieved(
            List<Leg> legs, Duration fuse, Duration load, Duration rerank, int reread, int scored) {
        public Retrieved {
            legs = List.copyOf(legs);
        }

        public boolean overBudget() {
            return scored < reread;
        }

        /// Whether a leg that knows the question's language gave nothing because it could not.
        boolean missesALeg() {
            return legs.stream().anyMatch(leg -> leg.missing() != null && leg.speaksQuestion());
        }

        /// Whether too little was looked at to say that nothing fits.
        boolean isPartial() {
            return missesALeg() || (reread > 0 && scored == 0);
        }
    }

    /// One question.
    ///
    /// @param note the message key the reader was told beside the answer
    /// @param laps in order; `firstToken` is the model's, waiting in line included
    /// @param retrieved null when it ended before
    record Answered(
            Outcome outcome,
            @Nullable String note,
            List<Lap> laps,
            Duration took,
            @Nullable Retrieved retrieved) {
        public Answered {
            laps = List.copyOf(laps);
        }
    }

    default void began() {}

    default void retrieved(Retrieved retrieved) {}

    /// Once for each `began`.
    default void answered(Answered answered) {}

    static AskObserver all(List<AskObserver> observers) {
        return new AskObserver() {
            @Override
            public void began() {
                observers.forEach(AskObserver::began);
            }

            @Override
            public void retrieved(Retrieved retrieved) {
                observers.forEach(observer -> observer.retrieved(retrieved));
            }

            @Override
            public void answered(Answered answered) {
                observers.forEach(observer -> observer.answered(answered));
            }
        };
    }
}
