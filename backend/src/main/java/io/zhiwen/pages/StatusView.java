package io.zhiwen.pages;

import io.zhiwen.ask.stream.ModelState;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.library.Status;
import io.zhiwen.operate.Overview;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The status page's words and figures in its reader's language. What is not known is null, and the
/// page says so.
///
/// @param well whether all parts are
/// @param model null when none is configured
record StatusView(
        boolean well,
        String at,
        String version,
        String node,
        String up,
        List<Part> parts,
        @Nullable Work work,
        @Nullable Answered answered,
        @Nullable Model model,
        List<Line> lines,
        Disk disk,
        Index index,
        List<String> spaces,
        @Nullable List<Node> nodes) {

    /// @param said what it means that it is or is not well
    record Part(String name, boolean well, String said) {}

    /// @param oldest how long the longest waits; empty when nobody does
    record Work(
            List<Count> counts,
            String oldest,
            String failed,
            List<Failure> failures,
            String more) {}

    record Count(String status, String label, String count, boolean none) {}

    record Failure(DocumentId id, String name, String reason, String at, String atText) {}

    record Answered(String total, List<Outcome> rows) {}

    record Outcome(String label, String count, String half, String most) {}

    record Model(String name, String url, boolean asked, String rest, String firstToken) {}

    /// @param nodes empty where this node alone has anything to do with it
    record Line(String name, String slots, String waiting, List<Place> nodes) {}

    record Place(String node, String used, String waiting) {}

    record Disk(boolean low, String free, String database, String blobs, String index) {}

    record Index(boolean rebuilding, String passages, String behind) {}

    record Node(
            String name,
            String role,
            String version,
            boolean lives,
            String seen,
            String seenText,
            String lag,
            boolean here) {}

    static StatusView of(Overview now, Words words, Locale locale) {
        return new Writer(words, locale, new Formats(locale)).view(now);
    }

    private record Writer(Words words, Locale locale, Formats formats) {

        StatusView view(Overview now) {
            var self = now.self();
            return new StatusView(
                    now.isWell(),
                    now.at().toString(),
                    self.version(),
                    self.node(),
                    formats.duration(Duration.between(self.started(), now.at())),
                    now.parts().stream().map(this::part).toList(),
                    now.queue() == null ? null : work(now.queue()),
                    now.answers() == null ? null : answered(now.answers()),
                    now.model() == null ? null : model(now.model()),
                    now.lines().stream().map(this::line).toList(),
                    disk(now.disk()),
                    index(now.index()),
                    now.spaces().stream()
                            .map(space -> say("space", space.model(), space.dimension()))
                            .toList(),
                    now.nodes() == null
                            ? null
                            : now.nodes().stream().map(row -> node(row, self.node())).toList());
        }

        private Part part(Overview.Part part) {
            var state = part.well() ? "well" : "unwell";
            return new Part(
                    say("part." + part.name()),
                    part.well(),
                    say("part." + part.name() + "." + state));
        }

        private Work work(Overview.Queue queue) {
            boolean waits = queue.count(Status.QUEUED) > 0;
            return new Work(
                    Arrays.stream(Status.values())
                            .map(status -> count(status, queue.count(status)))
                            .toList(),
                    waits ? say("queue.oldest", formats.duration(queue.oldest())) : "",
                    queue.failed() == 0 ? "" : say("failed.day", queue.failed()),
                    queue.failures().stream().map(this::failure).toList(),
                    queue.failed() > queue.failures().size()
                            ? say("failed.first", queue.failures().size())
                            : "");
        }

        private Count count(Status status, long count) {
            return new Count(
                    status.code(),
                    words.say(locale, "status." + status.code()),
                    formats.number(count),
                    count == 0);
        }

        private Failure failure(Overview.Failure failure) {
            return new Failure(
                    failure.document(),
                    failure.name(),
                    RowView.reason(failure.reason(), words, locale),
                    failure.at().toString(),
                    formats.moment(failure.at()));
        }

        private Answered answered(Overview.Answers answers) {
            return new Answered(
                    formats.number(answers.total()),
                    answers.rows().stream().map(this::outcome).toList());
        }

        private Outcome outcome(Overview.AnswerRow row) {
            return new Outcome(
                    say("outcome." + row.outcome().name().toLowerCase(Locale.ROOT)),
                    formats.number(row.count()),
                    formats.duration(row.half()),
                    formats.duration(row.most()));
        }

        private Model model(Overview.Model model) {
            var state = model.state();
            var first = model.firstToken();
            return new Model(
                    state.model(),
                    state.url(),
                    state.rest() == ModelState.Rest.ASKED,
                    say("model." + state.rest().name().toLowerCase(Locale.ROOT)),
                    first == null ? "" : formats.duration(first));
        }

        private Line line(Overview.ModelLine line) {
            return new Line(
                    line.name(),
                    say("model.slots.used", line.used(), line.slots()),
                    formats.number(line.waiting()),
                    line.nodes().size() == 1
                            ? List.of()
                            : line.nodes().stream().map(this::place).toList());
        }

        private Place place(Overview.Places places) {
            return new Place(
                    places.node(), formats.number(places.used()), formats.number(places.waiting()));
        }

        private Disk disk(Overview.Disk disk) {
            return new Disk(
                    disk.isLow(),
                    say("disk.free.of", formats.size(disk.free()), formats.size(disk.total())),
                    size(disk.database()),
                    size(disk.blobs()),
                    formats.size(disk.index()));
        }

        private Index index(Overview.IndexState index) {
            var changes = index.changes();
            var behind = index.behind();
            String lag = "";
            if (changes != null && behind != null) {
                lag =
                        changes == 0
                                ? say("index.current")
                                : say("index.behind", changes, formats.duration(behind));
            }
            return new Index(index.rebuilding(), formats.number(index.passages()), lag);
        }

        private Node node(Overview.NodeRow row, String here) {
            return new Node(
                    row.name(),
                    say("role." + row.role()),
                    row.version(),
                    row.lives(),
                    row.seen().toString(),
                    formats.moment(row.seen()),
                    row.lag() == 0 ? say("index.current") : say("node.behind", row.lag()),
                    row.name().equals(here));
        }

        private String size(@Nullable Long bytes) {
            return bytes == null ? "" : formats.size(bytes);
        }

        private String say(String key, Object... values) {
            return words.say(locale, "operate." + key, values);
        }
    }
}
