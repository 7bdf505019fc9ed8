package io.zhiwen.curate;

import io.zhiwen.account.Access;
import io.zhiwen.account.Principal;
import io.zhiwen.ask.Answer;
import io.zhiwen.ask.AnswerEvent;
import io.zhiwen.ask.Answering;
import io.zhiwen.ask.cite.Citation;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.stereotype.Component;

/// Asks the questions of a work item again, as a reader would.
@Component
final class WorkProof {

    private static final int MOST_WORDINGS = 5;
    private static final int SHOWN = 400;
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final Answering answering;
    private final Access access;

    WorkProof(Answering answering, Access access) {
        this.answering = answering;
        this.access = access;
    }

    /// The most frequent wordings, five at most.
    List<WorkItem.Proof> of(Principal principal, WorkItem item) {
        long end = System.nanoTime() + LONGEST.toNanos();
        return item.wordings().stream()
                .limit(MOST_WORDINGS)
                .map(wording -> proof(principal, item, wording, end))
                .toList();
    }

    private WorkItem.Proof proof(Principal principal, WorkItem item, String wording, long end) {
        var base = item.base();
        var scope = access.chosenBy(principal, base == null ? List.of() : List.of(base));
        var last = new AtomicReference<AnswerEvent>();
        // nobody asks: what comes of it is no new work
        answering.answer(
                new Answering.Ask(wording, List.of(), scope, "").paidBy(id(principal)),
                last::set,
                () -> System.nanoTime() - end > 0);
        return last.get() instanceof AnswerEvent.Finished(Answer answer)
                ? proof(wording, answer)
                : new WorkItem.Proof(wording, false, "", "", List.of());
    }

    private static String id(Principal principal) {
        return switch (principal) {
            case Principal.User user -> user.id().toString();
            case Principal.Key key -> key.id().toString();
        };
    }

    private static WorkItem.Proof proof(String wording, Answer answer) {
        boolean works = !answer.refused() && answer.unsupported().isEmpty();
        String text = answer.text();
        return new WorkItem.Proof(
                wording,
                works,
                answer.engine().name().toLowerCase(Locale.ROOT),
                text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text,
                answer.citations().stream().map(Citation::documentName).distinct().toList());
    }
}
