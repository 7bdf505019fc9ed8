package io.zhiwen.ask;

import io.zhiwen.ask.question.Question;
import io.zhiwen.ask.rerank.Passage;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Answers that people wrote and approved. They come before anything is searched and before any
/// model.
@FunctionalInterface
public interface Approvals {

    /// Nobody approved anything.
    Approvals NONE = _ -> Optional.empty();

    /// An answer for this question.
    ///
    /// @param question the one it was approved for
    /// @param similarity of the two questions, to 1
    /// @param text Markdown with `[n]` where it cites
    /// @param sources what it rests on, in the order of their numbers; its asker may read them all
    /// @param by who approved it
    record Approved(
            UUID id,
            String question,
            double similarity,
            String text,
            List<Passage> sources,
            String by,
            LocalDate on) {
        public Approved {
            sources = List.copyOf(sources);
        }
    }

    /// Empty when none is for this question, or none that its asker may see.
    Optional<Approved> of(Question question);
}
