package io.zhiwen.source.place;

/// A line of the form that describes a place. Pages call it by the key
/// `source.field.<kind>.<name>`.
///
/// @param standard what it says unless somebody says otherwise
public record Field(String name, Type type, boolean required, String standard) {

    /// How it is written.
    public enum Type {
        TEXT,
        /// One thing a line.
        LINES,
        NUMBER,
        /// `true` or `false`.
        CHOICE,
        /// Kept closed and never shown again.
        SECRET
    }

    public static Field required(String name, Type type) {
        return new Field(name, type, true, "");
    }

    public static Field optional(String name, Type type) {
        return new Field(name, type, false, "");
    }

    public static Field text(String name, String standard) {
        return new Field(name, Type.TEXT, false, standard);
    }

    public static Field choice(String name, boolean standard) {
        return new Field(name, Type.CHOICE, false, Boolean.toString(standard));
    }

    public static Field number(String name, int standard) {
        return new Field(name, Type.NUMBER, false, Integer.toString(standard));
    }

    public boolean isSecret() {
        return type == Type.SECRET;
    }
}
