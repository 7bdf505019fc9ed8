package io.zhiwen.operate;

import io.zhiwen.ingest.index.FollowingIndex;
import io.zhiwen.ingest.index.IndexFollower;
import io.zhiwen.ingest.index.VectorIndex;
import io.zhiwen.ingest.index.lucene.LuceneIndex;
import org.springframework.stereotype.Component;

/// The node's own index and how far it follows.
///
/// A node is ready when a search finds what there is. While the index is made anew that is so only
/// where the vectors are searched in PostgreSQL; where they are in the same index, a search would
/// find nothing and say so, so the node is not ready until the index has reached the log's end. A
/// node that falls behind later stays ready: its answers lack the newest documents, and no other
/// node would be better for it.
@Component
final class Index {

    private final LuceneIndex index;
    private final IndexFollower follower;
    private final boolean vectorsElsewhere;

    Index(LuceneIndex index, IndexFollower follower, VectorIndex vectors) {
        this.index = index;
        this.follower = follower;
        this.vectorsElsewhere = !(vectors instanceof FollowingIndex);
    }

    boolean serves() {
        return vectorsElsewhere || follower.hasCaughtUp();
    }

    /// Whether it is filled from its beginning.
    boolean isRebuilding() {
        return !follower.hasCaughtUp();
    }

    boolean isFollowed() {
        return follower.isAlive();
    }

    long position() {
        return index.position();
    }

    int passages() {
        return index.chunks();
    }

    long bytes() {
        return index.bytes();
    }
}
