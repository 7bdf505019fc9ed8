package io.zhiwen.conversation.training;

import io.zhiwen.account.Access;
import io.zhiwen.account.Audit;
import io.zhiwen.account.NotAllowed;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Right;
import io.zhiwen.account.Scope;
import io.zhiwen.conversation.feedback.Feedback;
import io.zhiwen.conversation.feedback.FeedbackChoice;
import io.zhiwen.conversation.feedback.RatedAnswers;
import io.zhiwen.conversation.feedback.RatedSource;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/// Makes training data of rated answers that an admin chose. Only what was rated is taken: whoever
/// rates an answer is told that admins see it, and nobody else's chat is opened. What an admin may
/// not read today is left out and counted. Safe for concurrent use.
@Component
public class TrainingExport {

    /// Traces are long, so not all of them are read at once.
    private static final int AT_ONCE = 200;

    /// @param train lines of JSON
    /// @param test lines of JSON; no document is in both
    public record Exported(List<String> train, List<String> test, TrainingSummary summary) {
        public Exported {
            train = List.copyOf(train);
            test = List.copyOf(test);
        }
    }

    private final RatedAnswers rated;
    private final RatedStore store;
    private final Access access;
    private final Audit audit;

    TrainingExport(RatedAnswers rated, RatedStore store, Access access, Audit audit) {
        this.rated = rated;
        this.store = store;
        this.access = access;
        this.audit = audit;
    }

    /// What would become of the choice.
    ///
    /// @throws NotAllowed for others than admins
    public TrainingSummary summary(Principal admin, FeedbackChoice choice, TrainingForm form) {
        return made(admin, choice, form).summary();
    }

    /// The lines, which is written down.
    ///
    /// @throws NotAllowed for others than admins
    public Exported export(Principal admin, FeedbackChoice choice, TrainingForm form) {
        var made = made(admin, choice, form);
        audit.record(
                admin,
                "feedback.export",
                "feedback",
                Map.of(
                        "form", form.code(),
                        "chosen", made.summary().chosen(),
                        "lines", made.summary().lines(),
                        "bases", choice.bases().stream().map(KnowledgeBaseId::toString).toList()));
        return made;
    }

    private Exported made(Principal admin, FeedbackChoice choice, TrainingForm form) {
        NotAllowed.unlessAdmin(admin, "training data is for admins");
        Scope scope = access.everythingFor(admin, Right.MANAGE);
        List<Feedback> chosen = rated.chosen(admin, choice);
        var taken = new Taken();
        for (int i = 0; i < chosen.size(); i += AT_ONCE) {
            take(chosen.subList(i, Math.min(i + AT_ONCE, chosen.size())), scope, taken);
        }
        var lines = TrainingLines.of(taken.examples, form);
        lines.leftOut().forEach((why, count) -> taken.leftOut.merge(why, count, Integer::sum));
        var summary =
                new TrainingSummary(
                        chosen.size(),
                        lines.train().size() + lines.test().size(),
                        lines.train().size(),
                        lines.test().size(),
                        lines.masked(),
                        taken.passages,
                        taken.leftOut);
        return new Exported(lines.train(), lines.test(), summary);
    }

    private static final class Taken {
        final List<Example> examples = new ArrayList<>();
        final Map<LeftOut, Integer> leftOut = new EnumMap<>(LeftOut.class);
        int passages;
    }

    private void take(List<Feedback> some, Scope scope, Taken taken) {
        var traces = store.traces(some.stream().map(Feedback::answer).toList());
        Map<UUID, Set<UUID>> searched = new HashMap<>();
        Set<UUID> documents = new HashSet<>();
        List<Example> examples = new ArrayList<>();
        for (Feedback one : some) {
            JsonNode trace = traces.get(one.answer());
            if (trace == null) {
                taken.leftOut.merge(LeftOut.NO_TRACE, 1, Integer::sum);
                continue;
            }
            var example = new Example(one, SentTrace.of(trace, one.question(), one.sources()));
            examples.add(example);
            documents.addAll(example.documents());
            searched.put(one.id(), searched(trace));
        }
        Set<UUID> ofChats =
                store.ofChats(
                        searched.values().stream()
                                .flatMap(Set::stream)
                                .collect(Collectors.toSet()));
        Set<UUID> readable = store.found(documents, scope.reach());
        for (Example example : examples) {
            boolean attached =
                    searched.getOrDefault(example.id(), Set.of()).stream()
                            .anyMatch(ofChats::contains);
            var why = attached ? Optional.of(LeftOut.ATTACHED) : why(example, scope, readable);
            if (why.isPresent()) {
                taken.leftOut.merge(why.get(), 1, Integer::sum);
            } else {
                var left = example.with(readable);
                taken.passages += example.sent().passages().size() - left.sent().passages().size();
                taken.examples.add(left);
            }
        }
    }

    private static Optional<LeftOut> why(Example example, Scope scope, Set<UUID> readable) {
        if (!example.rated().bases().stream().allMatch(scope::allows)) {
            return Optional.of(LeftOut.BASE);
        }
        return example.rated().sources().stream()
                        .map(RatedSource::document)
                        .allMatch(readable::contains)
                ? Optional.empty()
                : Optional.of(LeftOut.DOCUMENT);
    }

    private static Set<UUID> searched(JsonNode trace) {
        Set<UUID> bases = new HashSet<>();
        trace.path("bases").forEach(base -> bases.add(UUID.fromString(base.asString())));
        return bases;
    }
}
