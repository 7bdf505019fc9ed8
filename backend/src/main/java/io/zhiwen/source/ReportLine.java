package io.zhiwen.source;

import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.source.place.Reason;
import org.jspecify.annotations.Nullable;

/// What a run did with one thing.
///
/// @param reason why it was not brought or not taken away; null where there is none
/// @param detail in English
/// @param document null when there is none, or none any more
public record ReportLine(
        String address,
        What what,
        @Nullable Reason reason,
        @Nullable String detail,
        @Nullable DocumentId document) {}
