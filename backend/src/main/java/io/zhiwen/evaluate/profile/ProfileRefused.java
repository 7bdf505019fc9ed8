package io.zhiwen.evaluate.profile;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What somebody wanted with retrieval profiles cannot be done.
public final class ProfileRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// Why.
    public enum Reason {
        NAME("a profile needs a name of at most 80 characters"),
        NAME_TAKEN("there is a profile of this name already"),
        RANGE("the value is out of its range"),
        CALIBRATION("the calibration is not one that ./run evaluate --fit wrote"),
        IN_USE("the profile is or was live; it stays for the record"),
        GATE("the golden questions do not allow it");

        private final String sentence;

        Reason(String sentence) {
            this.sentence = sentence;
        }

        /// e.g. `name-taken`
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private final Reason reason;
    private final String field;

    private ProfileRefused(Reason reason, String field, String message) {
        super(message);
        this.reason = reason;
        this.field = field;
    }

    static ProfileRefused because(Reason reason) {
        return new ProfileRefused(
                reason, reason.name().startsWith("NAME") ? "name" : "", reason.sentence);
    }

    public static ProfileRefused calibration(@Nullable Exception why) {
        var refused =
                new ProfileRefused(Reason.CALIBRATION, "calibration", Reason.CALIBRATION.sentence);
        if (why != null) {
            refused.initCause(why);
        }
        return refused;
    }

    static ProfileRefused range(String field, double least, double most) {
        return new ProfileRefused(
                Reason.RANGE, field, "%s is between %s and %s".formatted(field, least, most));
    }

    /// @param why what the gate found, for programs
    public static ProfileRefused gate(String why) {
        return new ProfileRefused(Reason.GATE, "", Reason.GATE.sentence + ": " + why);
    }

    public Reason reason() {
        return reason;
    }

    /// e.g. `refuse-below`; empty where none is at fault
    public String field() {
        return field;
    }
}
