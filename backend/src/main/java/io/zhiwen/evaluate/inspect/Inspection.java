package io.zhiwen.evaluate.inspect;

import io.zhiwen.ask.RetrievalSteps;
import io.zhiwen.ask.Selection;
import io.zhiwen.ask.question.Question;
import io.zhiwen.ask.rerank.Passage;
import java.util.List;

/// One question's way to the passages its answer is made from.
///
/// @param steps of its search; none when nothing may be searched
/// @param sent to the model, or read by the extractive engine; empty when the question is refused
public record Inspection(
        Question question, List<RetrievalSteps> steps, Selection selection, List<Passage> sent) {

    public Inspection {
        steps = List.copyOf(steps);
        sent = List.copyOf(sent);
    }

    public boolean refused() {
        return sent.isEmpty();
    }

    /// 0 when nothing was found.
    public double bestRelevance() {
        return selection.passages().stream()
                .mapToDouble(one -> one.passage().relevance())
                .max()
                .orElse(0);
    }

    /// Every chunk that any leg found, in the order of the search's end; those that did not get so
    /// far follow in fused order.
    public List<Candidate> candidates() {
        return steps.stream().flatMap(one -> Candidates.of(one, selection, sent).stream()).toList();
    }
}
