package io.zhiwen.source;

import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.FolderId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A source as managers see it.
///
/// @param folder of the base that its documents are put into; null for the top
/// @param where what one recognises the place by
/// @param place what its form says, without secrets
/// @param sealed whether it has secrets
/// @param everyMinutes null when it is read only when somebody asks
/// @param dueAt when it is read next without being asked
/// @param documents it holds now
/// @param last the newest run; null before the first
public record SourceRow(
        SourceId id,
        KnowledgeBaseId base,
        @Nullable FolderId folder,
        String kind,
        String name,
        String where,
        Map<String, String> place,
        boolean sealed,
        @Nullable Integer everyMinutes,
        boolean paused,
        String createdBy,
        Instant createdAt,
        @Nullable Instant dueAt,
        long documents,
        @Nullable RunRow last) {

    public SourceRow {
        place = Map.copyOf(place);
    }
}
