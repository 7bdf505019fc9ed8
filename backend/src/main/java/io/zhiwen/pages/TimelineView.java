package io.zhiwen.pages;

import io.zhiwen.ingest.IngestObserver.Stage;
import io.zhiwen.ingest.parse.Finding;
import io.zhiwen.library.Hold;
import io.zhiwen.library.IngestTry;
import io.zhiwen.library.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How the work on a document went, in words and bars.
///
/// @param versions newest first
record TimelineView(List<OfVersion> versions) {

    /// @param waiting what is to be said while it stands in line, or of what is not kept
    /// @param holds that it was held for review, and what came of it
    record OfVersion(int version, String waiting, List<String> holds, List<Try> tries) {}

    /// @param outcome as styles and tests ask for it; `running` while it is worked on
    /// @param facts when, where, how much
    /// @param findings what the reader of the file said
    record Try(
            int number,
            String outcome,
            String said,
            String startedAt,
            String startedText,
            String facts,
            String reason,
            String detail,
            List<String> findings,
            List<Lap> laps) {}

    /// One stage; its bar goes from `from` for `width` thousandths of the whole try.
    ///
    /// @param state `passed`, `running` or `ended`
    record Lap(String name, String took, int from, int width, String state) {}

    static TimelineView of(List<Timeline> versions, Instant now, Words words, Locale locale) {
        var maker = new Maker(now, words, locale, new Formats(locale));
        return new TimelineView(versions.stream().map(maker::version).toList());
    }

    /// What is said behind "waiting"; nothing of what stands in no line.
    static String place(Timeline.@Nullable Place place, Instant now, Words words, Locale locale) {
        if (place == null) {
            return "";
        }
        var from = place.from();
        if (from != null) {
            return words.say(
                    locale,
                    "timeline.place.later",
                    new Formats(locale).duration(Maker.between(now, from)));
        }
        return words.say(
                locale, place.most() ? "timeline.place.far" : "timeline.place", place.before());
    }

    private record Maker(Instant now, Words words, Locale locale, Formats formats) {

        private OfVersion version(Timeline timeline) {
            var tries = new ArrayList<Try>();
            for (var each : timeline.tries()) {
                tries.add(view(each, tries.size() + 1));
            }
            return new OfVersion(
                    timeline.version(),
                    waiting(timeline),
                    timeline.holds().stream().map(this::hold).toList(),
                    tries.reversed());
        }

        private String hold(Hold hold) {
            var by = hold.by();
            var at = formats.moment(hold.at());
            var held =
                    by == null
                            ? words.say(locale, "held.since", at)
                            : words.say(locale, "held.since.by", at, HeldView.name(by));
            var why =
                    hold.reasons().stream()
                            .map(reason -> words.say(locale, "doubt." + reason.doubt().code()))
                            .distinct()
                            .collect(Collectors.joining(words.say(locale, "held.and")));
            return words.say(locale, "held.told", held, why, decision(hold));
        }

        private String decision(Hold hold) {
            var decision = hold.decision();
            var at = hold.decidedAt();
            if (decision == null || at == null) {
                return words.say(locale, "held.undecided");
            }
            var by = hold.decidedBy();
            var said =
                    words.say(
                            locale,
                            "held.decision." + decision.name().toLowerCase(Locale.ROOT),
                            formats.moment(at),
                            by == null ? "" : HeldView.name(by));
            return hold.note().isEmpty()
                    ? said
                    : words.say(locale, "held.decision.said", said, hold.note());
        }

        private String waiting(Timeline timeline) {
            var since = timeline.queuedAt();
            if (since != null) {
                return words.say(locale, "timeline.waiting", formats.duration(between(since, now)))
                        + place(timeline.place(), now, words, locale);
            }
            if (timeline.tries().isEmpty() && timeline.status().isFinal()) {
                return words.say(locale, "timeline.unkept");
            }
            return timeline.forgotten() ? words.say(locale, "timeline.forgotten") : "";
        }

        private Try view(IngestTry each, int number) {
            var outcome = each.outcome();
            var code = outcome == null ? "running" : outcome.name().toLowerCase(Locale.ROOT);
            var ended = each.endedAt();
            var took = between(each.startedAt(), ended == null ? now : ended);
            return new Try(
                    number,
                    code,
                    words.say(locale, "timeline.outcome." + code, formats.duration(took)),
                    each.startedAt().toString(),
                    formats.moment(each.startedAt()),
                    facts(each),
                    reason(each),
                    each.reasonDetail() == null ? "" : each.reasonDetail(),
                    each.findings().stream().map(this::finding).toList(),
                    laps(each, took));
        }

        private String facts(IngestTry each) {
            var facts = new ArrayList<String>();
            var queued = each.queuedAt();
            facts.add(
                    queued == null
                            ? words.say(locale, "timeline.taken.over")
                            : words.say(
                                    locale,
                                    "timeline.waited",
                                    formats.duration(between(queued, each.startedAt()))));
            if (each.pages() != null) {
                facts.add(words.say(locale, "document.pages", each.pages()));
            }
            if (each.chunks() != null) {
                facts.add(words.say(locale, "timeline.passages", each.chunks()));
            }
            facts.add(words.say(locale, "timeline.node", each.node()));
            return String.join(words.say(locale, "timeline.between"), facts);
        }

        private String reason(IngestTry each) {
            var outcome = each.outcome();
            return outcome == IngestTry.Outcome.FAILED || outcome == IngestTry.Outcome.RETRIED
                    ? RowView.reason(each.reasonCode(), words, locale)
                    : "";
        }

        private String finding(Finding finding) {
            return words.say(
                    locale,
                    "finding." + finding.kind().name().toLowerCase(Locale.ROOT),
                    Finding.ranges(finding.pages()),
                    finding.amount(),
                    finding.pages().size());
        }

        private List<Lap> laps(IngestTry each, Duration whole) {
            var laps = new ArrayList<Lap>();
            var begun = Duration.ZERO;
            for (var stage : Stage.values()) {
                var took = each.stages().get(stage);
                if (took != null) {
                    laps.add(lap(stage, begun, took, whole, "passed"));
                    begun = begun.plus(took);
                } else if (stage == each.reached()) {
                    laps.add(reached(each, stage, begun, whole));
                }
            }
            return laps;
        }

        /// Of a node that was lost nobody knows when it ended.
        private Lap reached(IngestTry each, Stage stage, Duration begun, Duration whole) {
            var left = whole.minus(begun);
            return each.outcome() == IngestTry.Outcome.LOST
                    ? new Lap(name(stage), words.say(locale, "timeline.unknown"), 0, 0, "ended")
                    : lap(stage, begun, left, whole, each.outcome() == null ? "running" : "ended");
        }

        private Lap lap(Stage stage, Duration from, Duration took, Duration whole, String state) {
            long all = Math.max(1, whole.toMillis());
            int begin = Math.clamp(from.toMillis() * 1000 / all, 0, 996);
            int width = Math.clamp(took.toMillis() * 1000 / all, 4, 1000 - begin);
            var shown = took.isNegative() ? Duration.ZERO : took;
            return new Lap(name(stage), formats.duration(shown), begin, width, state);
        }

        private String name(Stage stage) {
            return words.say(locale, "timeline.stage." + stage.name().toLowerCase(Locale.ROOT));
        }

        /// Clocks of a node and the database may differ a little.
        private static Duration between(Instant from, Instant to) {
            var time = Duration.between(from, to);
            return time.isNegative() ? Duration.ZERO : time;
        }
    }
}
