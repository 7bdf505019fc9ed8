package io.zhiwen.ingest.index;

import io.zhiwen.ingest.store.IndexedDocument;
import io.zhiwen.ingest.upload.DocumentId;
import java.util.List;
import java.util.Map;

/// An index that is derived from the change log and knows how far it has followed it.
public interface FollowingIndex {

    /// Up to where the change log is applied and safe on disk; 0 for an index that knows nothing.
    long position();

    /// Replaces these documents whole, keeps `position` with them in one commit, and shows both to
    /// the next search. Applying the same again changes nothing.
    ///
    /// @param acls what of other documents is replaced: the rights of their own they have
    void apply(List<IndexedDocument> documents, Map<DocumentId, Long> acls, long position);

    /// The same when no rights changed.
    default void apply(List<IndexedDocument> documents, long position) {
        apply(documents, Map.of(), position);
    }

    /// Forgets everything; `position()` is 0 afterwards.
    void rebuild();

    /// Called when it could not be written again and again. Whoever knows that the disk is full
    /// keeps what can still be searched.
    default void recover() {
        rebuild();
    }

    /// Called about once a second while nothing has come for a while: time to put in order what
    /// makes searching faster. Returns soon; larger work goes on in the background.
    ///
    /// @return whether all is in order
    default boolean settle() {
        return true;
    }

    /// Whether a search has met something that no sound index holds, so that it must be rebuilt.
    default boolean isDamaged() {
        return false;
    }
}
