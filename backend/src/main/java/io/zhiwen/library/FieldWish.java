package io.zhiwen.library;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a field of a base is to be.
///
/// @param kind null for the one it has
/// @param choices null for those it has
/// @param position from 1; null for where it is, or last for a new one
public record FieldWish(
        String name,
        @Nullable FieldKind kind,
        @Nullable List<String> choices,
        @Nullable Integer position) {

    public FieldWish {
        name = oneLine(name);
        choices = choices == null ? null : choices.stream().map(FieldWish::oneLine).toList();
    }

    private static String oneLine(String given) {
        return given.replaceAll("\\p{Cntrl}+", " ").strip();
    }

    /// At another place, and otherwise as it is.
    public static FieldWish moved(BaseField field, int position) {
        return new FieldWish(field.name(), null, null, position);
    }
}
