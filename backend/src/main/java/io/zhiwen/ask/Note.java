package io.zhiwen.ask;

import java.util.Arrays;
import java.util.List;

/// What is told beside an answer: a message key and the values its sentence names. Kept as one
/// text, so that wherever an answer goes its note goes too.
///
/// @param values days as ISO writes them, everything else as it is
public record Note(String key, List<String> values) {

    private static final String BETWEEN = "\u001f";

    public Note {
        values = List.copyOf(values);
    }

    /// @param written as `toString` writes it
    public static Note of(String written) {
        List<String> parts = Arrays.asList(written.split(BETWEEN, -1));
        return new Note(parts.getFirst(), parts.subList(1, parts.size()));
    }

    @Override
    public String toString() {
        return values.isEmpty() ? key : key + BETWEEN + String.join(BETWEEN, values);
    }
}
