package io.zhiwen.pages;

import io.zhiwen.account.Principal;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.FailureGroup;
import io.zhiwen.library.Failures;
import io.zhiwen.library.RetryRun;
import java.util.List;
import java.util.Locale;

/// What failed in a base, by reason, and how far other tries are, in words.
///
/// @param sum e.g. `12 documents failed`; empty when none did
/// @param working whether tried ones are in work
record FailuresView(String base, String sum, List<Group> groups, List<Run> runs, boolean working) {

    private static final int SHOWN_RUNS = 3;

    /// @param retriable 0 where no other try helps
    record Group(String code, String reason, String documents, int retriable) {}

    /// @param done how many of `documents` are not in work any more
    record Run(String said, int done, int documents, boolean working) {}

    static FailuresView of(
            Failures failures, Principal who, KnowledgeBaseId base, Words words, Locale locale) {
        var groups = failures.of(who, base);
        var runs = failures.runs(who, base).stream().limit(SHOWN_RUNS).toList();
        int failed = groups.stream().mapToInt(FailureGroup::documents).sum();
        return new FailuresView(
                base.toString(),
                failed == 0 ? "" : words.say(locale, "failures.sum", failed),
                groups.stream().map(group -> group(group, words, locale)).toList(),
                runs.stream().map(run -> run(run, words, locale)).toList(),
                runs.stream().anyMatch(run -> run.working() > 0));
    }

    private static Group group(FailureGroup group, Words words, Locale locale) {
        return new Group(
                group.reason(),
                RowView.reason(group.reason(), words, locale),
                words.say(locale, "failures.documents", group.documents()),
                group.retriable());
    }

    private static Run run(RetryRun run, Words words, Locale locale) {
        return new Run(
                words.say(
                        locale,
                        run.working() > 0 ? "failures.run.working" : "failures.run.done",
                        run.documents(),
                        run.ready(),
                        run.failed(),
                        run.working(),
                        new Formats(locale).moment(run.at())),
                run.documents() - run.working(),
                run.documents(),
                run.working() > 0);
    }
}
