package io.zhiwen.ingest.parse;

/// What of Office files is read beside what they show when they are opened.
///
/// @param hiddenSheets whether hidden sheets of workbooks are read too
/// @param comments whether comments in Word files are read, each behind its paragraph
/// @param trackedChanges which text counts where a Word file holds changes nobody has accepted yet
public record OfficeSettings(
        boolean hiddenSheets, boolean comments, TrackedChanges trackedChanges) {

    /// The text with all changes, or the one before them.
    public enum TrackedChanges {
        ACCEPTED,
        REJECTED
    }

    public static OfficeSettings defaults() {
        return new OfficeSettings(false, false, TrackedChanges.ACCEPTED);
    }
}
