package io.zhiwen.source;

import io.zhiwen.source.place.SourceUnavailable.Trouble;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What came of trying a source out.
///
/// @param trouble null when all is well
/// @param detail in English; empty when all is well
/// @param names of the first things in it
public record Trial(@Nullable Trouble trouble, String detail, List<String> names) {

    public Trial {
        names = List.copyOf(names);
    }
}
