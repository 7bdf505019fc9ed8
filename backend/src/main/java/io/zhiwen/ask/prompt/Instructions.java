package io.zhiwen.ask.prompt;

/// What admins tell the model for one base. Empty parts are what is built in; the rules on
/// evidence, citing and refusing always stay.
///
/// @param role who it is
/// @param task what it does
/// @param requirements how it is to answer, beside the rules
/// @param notes what it should know
public record Instructions(String role, String task, String requirements, String notes) {

    /// Of one part, in characters.
    public static final int LONGEST = 4_000;

    /// Only what is built in.
    public static final Instructions NONE = new Instructions("", "", "", "");

    public Instructions {
        role = checked(role);
        task = checked(task);
        requirements = checked(requirements);
        notes = checked(notes);
    }

    private static String checked(String part) {
        String text = part.replace("\r\n", "\n").replace('\0', ' ').strip();
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("longer than " + LONGEST + " characters");
        }
        return text;
    }
}
