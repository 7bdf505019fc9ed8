package io.zhiwen.operate;

import io.zhiwen.ask.AskObserver;
import io.zhiwen.ask.stream.ModelState;
import io.zhiwen.ingest.embed.EmbeddingSpace;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.library.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How the installation is, as of now. What the database would say is null while it does not
/// answer.
///
/// @param parts of this node, in the order in which they depend on each other
/// @param model null when none is configured
/// @param lines before each model server
public record Overview(
        Instant at,
        Self self,
        List<Part> parts,
        @Nullable Queue queue,
        @Nullable Model model,
        List<ModelLine> lines,
        List<EmbeddingSpace> spaces,
        Disk disk,
        IndexState index,
        @Nullable Answers answers,
        @Nullable List<NodeRow> nodes) {

    public Overview {
        parts = List.copyOf(parts);
        lines = List.copyOf(lines);
        spaces = List.copyOf(spaces);
        nodes = nodes == null ? null : List.copyOf(nodes);
    }

    /// Whether everything a node needs is there.
    public boolean isWell() {
        return parts.stream().allMatch(Part::well);
    }

    /// The process that speaks.
    ///
    /// @param node its name among the others
    public record Self(String node, String version, Instant started) {}

    /// A node that was seen lately.
    ///
    /// @param lives whether it still gives signs of life
    /// @param lag changes not yet in its index, 1000 at most
    public record NodeRow(
            String name,
            String role,
            String version,
            Instant started,
            Instant seen,
            boolean lives,
            long lag) {}

    /// @param name e.g. `database`; the key of its words
    public record Part(String name, boolean well) {}

    /// @param documents by the status of their newest version
    /// @param oldest how long the longest wait in line is
    /// @param failures of the last day, newest first, a few
    /// @param failed of the last day, all
    public record Queue(
            Map<Status, Long> documents, Duration oldest, List<Failure> failures, long failed) {
        public Queue {
            documents = Map.copyOf(documents);
            failures = List.copyOf(failures);
        }

        public long count(Status status) {
            return documents.getOrDefault(status, 0L);
        }
    }

    /// @param reason a name of `UnreadableDocument.Reason`, or `INTERNAL`
    public record Failure(DocumentId document, String name, String reason, Instant at) {}

    /// @param firstToken of its last answer on this node; null before the first one
    public record Model(ModelState state, @Nullable Duration firstToken) {}

    /// A model server's places over all nodes.
    ///
    /// @param slots how many there are
    /// @param nodes this one first, others that hold or want one after it
    public record ModelLine(String name, int slots, List<Places> nodes) {
        public ModelLine {
            nodes = List.copyOf(nodes);
        }

        public int used() {
            return nodes.stream().mapToInt(Places::used).sum();
        }

        public int waiting() {
            return nodes.stream().mapToInt(Places::waiting).sum();
        }
    }

    /// What one node has of a model server.
    ///
    /// @param used places it holds
    /// @param waiting questions of it in line
    public record Places(String node, int used, int waiting) {}

    /// @param database null while it does not answer
    /// @param blobs originals of all versions; null while the database does not answer
    public record Disk(
            long free, long total, @Nullable Long database, @Nullable Long blobs, long index) {

        /// Less than this is too little for uploads, the database's log and merges of the index.
        static final long LOW = 2L << 30;

        private static final double LOW_SHARE = 0.05;

        public boolean isLow() {
            return free < LOW || free < LOW_SHARE * total;
        }
    }

    /// @param changes not yet in the index, null while the database does not answer
    /// @param behind since the oldest of them was written
    public record IndexState(
            long position,
            int passages,
            boolean rebuilding,
            @Nullable Long changes,
            @Nullable Duration behind) {}

    /// Of the last day, all nodes.
    public record Answers(List<AnswerRow> rows) {
        public Answers {
            rows = List.copyOf(rows);
        }

        public long total() {
            return rows.stream().mapToLong(AnswerRow::count).sum();
        }
    }

    /// @param half time within which half of them ended
    /// @param most time within which 95 of 100 ended
    public record AnswerRow(
            AskObserver.Outcome outcome, long count, Duration half, Duration most) {}
}
