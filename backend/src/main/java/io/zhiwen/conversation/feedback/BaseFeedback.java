package io.zhiwen.conversation.feedback;

import io.zhiwen.account.Access;
import io.zhiwen.account.NoSuchKnowledgeBase;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Right;
import io.zhiwen.ingest.store.Reach;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What readers think of answers from a base, for those who manage it. An answer that cites other
/// bases too is seen by whoever manages all of them. Safe for concurrent use.
@Component
public class BaseFeedback {

    private final JdbcClient db;
    private final Access access;

    BaseFeedback(JdbcClient db, Access access) {
        this.db = db;
        this.access = access;
    }

    /// The newest first.
    ///
    /// @param good only those; null for all
    /// @param after the id of the last one seen; null to begin
    /// @throws NoSuchKnowledgeBase when the base is not there for them
    public List<Feedback> of(
            Principal who,
            KnowledgeBaseId base,
            @Nullable Boolean good,
            @Nullable UUID after,
            int limit) {
        access.require(who, base, Right.MANAGE);
        return db.sql(
                        """
                        select * from answer_feedback
                        where :base = any(knowledge_base_ids) and knowledge_base_ids <@ :managed
                            and (cast(:good as boolean) is null or good = :good)
                            and (cast(:after as uuid) is null or (created_at, id) <
                                (select created_at, id from answer_feedback where id = :after))
                        order by created_at desc, id desc limit :limit""")
                .param("base", base.value())
                .param("managed", Reach.ids(access.everythingFor(who, Right.MANAGE).bases()))
                .param("good", good)
                .param("after", after)
                .param("limit", limit)
                .query((row, _) -> FeedbackRow.of(row))
                .list();
    }
}
