package io.zhiwen.ask.retrieve;

import java.util.stream.DoubleStream;

/// How what was said of a passage becomes the likelihood, 0 to 1, that it helps to answer: the
/// weights of a logistic, fitted on questions whose answers are known.
///
/// @param name where it comes from, for people: `bundled`, or what it was fitted on
/// @param asked of a question as it was asked
/// @param translated of its translation, whose words are alternatives and whose sentence is none,
/// so that the same figures say less
public record Calibration(String name, Reading asked, Reading translated) {

    private static final int LONGEST_NAME = 200;
    private static final double LARGEST = 1_000;

    /// Fitted by maximum likelihood over ten sets of the evaluation data together, each weighing
    /// the same, on the first ten passages of questions asked of their own set (442) and of a set
    /// about something else (180), where no passage helps. With 0.12 as the least that the best
    /// passage needs, 4.5 % of the first kind are refused and 92 % of the second; see
    /// backend/docs/retrieval.md.
    public static final Calibration BUNDLED =
            new Calibration(
                    "bundled",
                    new Reading(
                            new Weights(-7.93, 4.55, 2.25, 5.3), new Weights(-7.3, 5.6, 5.85, 0)),
                    new Reading(
                            new Weights(-10.6, 3.3, 0, 12.9), new Weights(-10.1, 4.8, 10.7, 0)));

    /// @param read of passages that the reranker read
    /// @param unread of those that it did not
    public record Reading(Weights read, Weights unread) {}

    /// What the logistic adds up.
    public record Weights(
            double constant, double keywordShare, double cosine, double lateInteraction) {

        public Weights {
            if (!DoubleStream.of(constant, keywordShare, cosine, lateInteraction)
                    .allMatch(weight -> Math.abs(weight) <= LARGEST)) {
                throw new IllegalArgumentException(
                        "a weight of a calibration is a number from -1000 to 1000");
            }
        }
    }

    /// @throws IllegalArgumentException when it has no name or lacks weights
    public Calibration {
        if (name == null || name.isBlank() || name.length() > LONGEST_NAME) {
            throw new IllegalArgumentException(
                    "a calibration has a name of at most 200 characters");
        }
        for (Reading one : new Reading[] {asked, translated}) {
            if (one == null || one.read() == null || one.unread() == null) {
                throw new IllegalArgumentException(
                        "a calibration has weights for asked and translated, read and unread");
            }
        }
    }
}
