package io.zhiwen.api;

import io.zhiwen.library.KnowledgeBase;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Pages of bases, the newest first.
final class BasePages {

    private static final Comparator<KnowledgeBase> NEWEST_FIRST =
            Comparator.comparing(KnowledgeBase::createdAt)
                    .reversed()
                    .thenComparing(base -> base.id().value());

    private BasePages() {}

    static Page<BaseJson> page(List<KnowledgeBase> all, @Nullable String cursor, int limit) {
        var after = cursor == null ? null : TimeCursor.read(cursor);
        var rest =
                all.stream()
                        .sorted(NEWEST_FIRST)
                        .filter(base -> after == null || isBehind(after, base))
                        .limit(limit + 1L)
                        .toList();
        var items = rest.stream().limit(limit).map(BaseJson::of).toList();
        var next = rest.size() > limit ? of(rest.get(limit - 1)).write() : null;
        return new Page<>(items, next);
    }

    private static TimeCursor of(KnowledgeBase base) {
        return new TimeCursor(base.createdAt(), base.id().value());
    }

    private static boolean isBehind(TimeCursor after, KnowledgeBase base) {
        int older = after.at().compareTo(base.createdAt());
        return older > 0 || (older == 0 && after.id().compareTo(base.id().value()) < 0);
    }
}
