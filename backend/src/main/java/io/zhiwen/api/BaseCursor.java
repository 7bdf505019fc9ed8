package io.zhiwen.api;

import io.zhiwen.library.KnowledgeBase;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/// Where a page of bases ended: the time and id of its last one, so that bases made or deleted
/// meanwhile neither repeat nor skip others.
record BaseCursor(Instant createdAt, UUID id) {

    private static final Comparator<KnowledgeBase> NEWEST_FIRST =
            Comparator.comparing(KnowledgeBase::createdAt)
                    .reversed()
                    .thenComparing(base -> base.id().value());

    static Page<BaseJson> page(List<KnowledgeBase> all, @Nullable String cursor, int limit) {
        var after = cursor == null ? null : read(cursor);
        var rest =
                all.stream()
                        .sorted(NEWEST_FIRST)
                        .filter(base -> after == null || after.isBefore(base))
                        .limit(limit + 1L)
                        .toList();
        var items = rest.stream().limit(limit).map(BaseJson::of).toList();
        var next = rest.size() > limit ? of(rest.get(limit - 1)).write() : null;
        return new Page<>(items, next);
    }

    private static BaseCursor of(KnowledgeBase base) {
        return new BaseCursor(base.createdAt(), base.id().value());
    }

    private boolean isBefore(KnowledgeBase base) {
        int older = createdAt.compareTo(base.createdAt());
        return older > 0 || (older == 0 && id.compareTo(base.id().value()) < 0);
    }

    private String write() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((createdAt + " " + id).getBytes(StandardCharsets.UTF_8));
    }

    private static BaseCursor read(String cursor) {
        try {
            var parts =
                    new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8)
                            .split(" ", 2);
            return new BaseCursor(Instant.parse(parts[0]), UUID.fromString(parts[1]));
        } catch (IllegalArgumentException | DateTimeException | ArrayIndexOutOfBoundsException e) {
            throw new Refused(
                    HttpStatus.BAD_REQUEST,
                    "invalid-cursor",
                    "Pass back next_cursor as it came.",
                    "cursor");
        }
    }
}
