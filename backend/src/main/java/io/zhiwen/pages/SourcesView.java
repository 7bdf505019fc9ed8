package io.zhiwen.pages;

import io.zhiwen.source.Mode;
import io.zhiwen.source.ReportLine;
import io.zhiwen.source.RunRow;
import io.zhiwen.source.SourceRow;
import io.zhiwen.source.What;
import io.zhiwen.source.place.Field;
import io.zhiwen.source.place.SourceKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Sources, their runs and reports as pages say them.
final class SourcesView {

    /// Minutes between two runs that the form offers.
    static final List<Integer> SCHEDULES = List.of(15, 60, 360, 1440, 10080);

    private final Words words;
    private final Locale locale;
    private final Formats formats;

    SourcesView(Words words, Locale locale) {
        this.words = words;
        this.locale = locale;
        this.formats = new Formats(locale);
    }

    /// @param schedule how often it is read
    /// @param due empty when nothing is
    record One(
            UUID id,
            String kind,
            String name,
            String where,
            List<Said> facts,
            String schedule,
            boolean paused,
            @Nullable Moment due,
            String documents,
            @Nullable Run last) {

        public boolean isWorking() {
            return last != null && last.working();
        }
    }

    record Said(String label, String value) {}

    record Moment(String at, String text) {

        static @Nullable Moment of(@Nullable Instant at, Formats formats) {
            return at == null ? null : new Moment(at.toString(), formats.moment(at));
        }
    }

    /// @param tally what it did, e.g. `3 new`, `1 gone`, only what is not zero
    /// @param trouble why it failed or took nothing away; empty for neither
    /// @param held whether something is gone and waits for somebody to confirm it
    record Run(
            UUID id,
            String state,
            String icon,
            String stateText,
            String mode,
            String by,
            Moment asked,
            String took,
            List<Tally> tally,
            int same,
            String trouble,
            String detail,
            boolean held,
            boolean working) {}

    record Tally(String what, int count, String text) {}

    record Line(
            String address,
            String what,
            String text,
            String reason,
            String detail,
            String document) {}

    /// A line of the form.
    ///
    /// @param hint empty for none
    record Input(
            String name,
            String type,
            String label,
            String hint,
            boolean required,
            String value,
            String standard) {}

    One one(SourceRow row, @Nullable SourceKind kind) {
        var last = row.last();
        return new One(
                row.id().value(),
                words.say(locale, "sources.kind." + row.kind()),
                row.name(),
                row.where(),
                kind == null ? List.of() : facts(row, kind),
                schedule(row.everyMinutes()),
                row.paused(),
                row.paused() ? null : Moment.of(row.dueAt(), formats),
                formats.number(row.documents()),
                last == null ? null : run(last));
    }

    String schedule(@Nullable Integer minutes) {
        if (minutes == null) {
            return words.say(locale, "sources.schedule.never");
        }
        return SCHEDULES.contains(minutes)
                ? words.say(locale, "sources.schedule." + minutes)
                : words.say(
                        locale,
                        "sources.schedule.each",
                        formats.duration(Duration.ofMinutes(minutes)));
    }

    private List<Said> facts(SourceRow row, SourceKind kind) {
        List<Said> facts = new ArrayList<>();
        for (Field field : kind.fields()) {
            String value = row.place().getOrDefault(field.name(), "");
            if (!value.isEmpty()) {
                facts.add(new Said(label(kind.name(), field), said(field, value)));
            }
        }
        return facts;
    }

    private String said(Field field, String value) {
        return switch (field.type()) {
            case CHOICE -> words.say(locale, value.equals("true") ? "sources.yes" : "sources.no");
            case LINES ->
                    String.join(
                            words.say(locale, "sources.tried.comma"),
                            value.lines().map(String::strip).toList());
            case TEXT, NUMBER, SECRET -> value;
        };
    }

    List<Input> inputs(SourceKind kind, Map<String, String> values, boolean sealed) {
        return kind.fields().stream()
                .map(
                        field ->
                                new Input(
                                        field.name(),
                                        field.type().name(),
                                        label(kind.name(), field),
                                        hint(kind.name(), field, sealed),
                                        field.required() && !(field.isSecret() && sealed),
                                        field.isSecret()
                                                ? ""
                                                : values.getOrDefault(
                                                        field.name(), field.standard()),
                                        field.standard()))
                .toList();
    }

    private String label(String kind, Field field) {
        return words.say(locale, "sources.field." + kind + "." + field.name());
    }

    private String hint(String kind, Field field, boolean sealed) {
        if (field.isSecret() && sealed) {
            return words.say(locale, "sources.secret.keep");
        }
        String key = "sources.hint." + kind + "." + field.name();
        return words.has(locale, key) ? words.say(locale, key) : "";
    }

    Run run(RunRow run) {
        var started = run.startedAt();
        var finished = run.finishedAt();
        var by = run.askedBy();
        String reason = run.reason();
        boolean failed = run.state() == RunRow.State.FAILED;
        return new Run(
                run.id(),
                run.state().word(),
                icon(run.state()),
                words.say(locale, "sources.state." + run.state().word()),
                words.say(locale, "sources.mode." + run.mode().word()),
                by == null
                        ? words.say(locale, "sources.by.schedule")
                        : by.replaceFirst("^(user|key):", ""),
                new Moment(run.askedAt().toString(), formats.moment(run.askedAt())),
                started == null || finished == null
                        ? ""
                        : formats.duration(Duration.between(started, finished)),
                tally(run),
                run.same(),
                reason == null
                        ? ""
                        : words.say(
                                locale,
                                (failed ? "sources.trouble." : "sources.reason.") + code(reason)),
                run.detail() == null ? "" : run.detail(),
                run.missing() > 0 && run.mode() != Mode.TRY,
                run.isOpen());
    }

    private static String icon(RunRow.State state) {
        return switch (state) {
            case WAITING -> "queued";
            case RUNNING -> "parsing";
            case DONE -> "ready";
            case FAILED -> "failed";
            case STOPPED -> "stopped";
        };
    }

    private List<Tally> tally(RunRow run) {
        List<Tally> all = new ArrayList<>();
        add(all, What.ADDED, run.added());
        add(all, What.CHANGED, run.changed());
        add(all, What.DELETED, run.deleted());
        add(all, What.LEFT_OUT, run.leftOut());
        add(all, What.MISSING, run.missing());
        return all;
    }

    private void add(List<Tally> all, What what, int count) {
        if (count > 0) {
            all.add(
                    new Tally(
                            what.word(),
                            count,
                            words.say(locale, "sources.tally." + what.word(), count)));
        }
    }

    Line line(ReportLine line) {
        var reason = line.reason();
        var document = line.document();
        return new Line(
                line.address(),
                line.what().word(),
                words.say(locale, "sources.what." + line.what().word()),
                reason == null ? "" : words.say(locale, "sources.reason." + reason.code()),
                line.detail() == null ? "" : line.detail(),
                document == null ? "" : document.toString());
    }

    static String code(String reason) {
        return reason.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
