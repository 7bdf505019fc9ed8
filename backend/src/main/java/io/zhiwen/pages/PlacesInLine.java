package io.zhiwen.pages;

import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.library.DocumentRow;
import io.zhiwen.library.Timelines;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// What a list says behind "in line": how many files come before, for who may edit them.
@Component
final class PlacesInLine {

    private final Timelines timelines;
    private final Words words;
    private final InstantSource clock;

    PlacesInLine(Timelines timelines, Words words, InstantSource clock) {
        this.timelines = timelines;
        this.words = words;
        this.clock = clock;
    }

    /// Of those that wait.
    Map<DocumentId, String> of(List<DocumentRow> rows, May may, Locale locale) {
        if (!may.edit()) {
            return Map.of();
        }
        var now = clock.instant();
        return timelines.places(rows).entrySet().stream()
                .collect(
                        Collectors.toMap(
                                Map.Entry::getKey,
                                place -> TimelineView.place(place.getValue(), now, words, locale)));
    }
}
