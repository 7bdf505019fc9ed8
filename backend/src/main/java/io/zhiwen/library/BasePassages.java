package io.zhiwen.library;

import io.zhiwen.account.Access;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Right;
import io.zhiwen.ingest.store.ChunkStore;
import io.zhiwen.ingest.store.StoredChunk;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Looks for words in all passages of a base, for those who edit documents there. Unlike a search
/// it finds exactly what holds them, in what is out of use too. Safe for concurrent use.
@Component
public class BasePassages {

    /// Some of the passages, in the order in which they were cut.
    ///
    /// @param next what the next ones come after; null where there are none
    public record Found(List<StoredChunk> passages, @Nullable Long next) {

        public Found {
            passages = List.copyOf(passages);
        }
    }

    private final ChunkStore chunks;
    private final Access access;

    BasePassages(ChunkStore chunks, Access access) {
        this.chunks = chunks;
        this.access = access;
    }

    /// Of those documents that the principal may edit.
    ///
    /// @param words in a row, in capitals or not; none are in no passage
    /// @param after as `Found` has it; 0 to begin
    /// @throws io.zhiwen.account.NoSuchKnowledgeBase when the principal does not know the base
    /// @throws io.zhiwen.account.NotAllowed when they edit nothing in it
    public Found with(
            Principal principal, KnowledgeBaseId base, String words, long after, int limit) {
        var scope = access.everythingFor(principal, Right.EDIT);
        if (!scope.allows(base)) {
            access.require(principal, base, Right.EDIT);
        }
        var sought = words.replace('\0', ' ').strip();
        if (sought.isEmpty()) {
            return new Found(List.of(), null);
        }
        var found = chunks.holding(base, sought, after, limit + 1, scope.reach());
        return found.size() > limit
                ? new Found(found.subList(0, limit), found.get(limit - 1).id())
                : new Found(found, null);
    }
}
