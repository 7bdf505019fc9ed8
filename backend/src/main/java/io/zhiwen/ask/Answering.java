package io.zhiwen.ask;

import io.zhiwen.account.Scope;
import io.zhiwen.ask.prompt.Instructions;
import io.zhiwen.ask.question.Turn;
import io.zhiwen.ask.stream.Sampling;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// From a question to a checked answer. Every door calls it and nothing else. Safe for concurrent
/// use.
public interface Answering {

    /// What is asked.
    ///
    /// @param history earlier turns, oldest first
    /// @param asker whose share of a model's slots it counts as; empty for nobody's
    /// @param draft instructions to try instead of the base's own; null for those
    /// @param notes what the asker wants known about them in every chat; nobody else sees them
    /// @param payer whose tokens it costs; empty for nobody's
    /// @param sampling what the asker wants of the model beside what is usual
    record Ask(
            String question,
            List<Turn> history,
            Scope scope,
            String asker,
            @Nullable Instructions draft,
            List<String> notes,
            String payer,
            Sampling sampling) {

        public Ask(String question, List<Turn> history, Scope scope, String asker) {
            this(question, history, scope, asker, null, List.of(), asker, Sampling.NONE);
        }

        /// A trial of instructions.
        public Ask(String question, List<Turn> history, Scope scope, @Nullable Instructions draft) {
            this(question, history, scope, "", draft, List.of(), "", Sampling.NONE);
        }

        /// The same, asked by nobody and paid by somebody.
        public Ask paidBy(String tries) {
            return new Ask(question, history, scope, asker, draft, notes, tries, sampling);
        }

        /// The same from somebody who wants this known.
        public Ask knowing(List<String> known) {
            return new Ask(question, history, scope, asker, draft, known, payer, sampling);
        }

        /// The same, written as the asker wants it.
        public Ask sampled(Sampling wanted) {
            return new Ask(question, history, scope, asker, draft, notes, payer, wanted);
        }

        public Ask {
            history = List.copyOf(history);
            notes = List.copyOf(notes);
        }
    }

    /// Runs on the caller's thread until the last event is given; never throws for a model that
    /// fails. `stop` is asked often; when it turns true the answer ends as `Stopped`.
    ///
    /// @throws io.zhiwen.ask.question.UnusableQuestion before any event, when there is nothing to
    /// answer or too much
    void answer(Ask ask, Consumer<AnswerEvent> events, BooleanSupplier stop);
}
