package io.zhiwen.ask;

import io.zhiwen.ask.question.Question;
import io.zhiwen.ask.rerank.Passage;
import io.zhiwen.ask.retrieve.RetrievalProfile;
import java.util.List;

/// From a question to its passages: retrieve, fuse, rerank. The chat, the search of the API and the
/// evaluation all call it. Safe for concurrent use.
@FunctionalInterface
public interface Retrieval {

    /// At most `limit` passages, best first, all inside the question's scope and live now.
    ///
    /// @throws io.zhiwen.ask.retrieve.SearchUnavailable when nothing can be searched now
    List<Passage> find(
            Question question, int limit, RetrievalProfile profile, Trace.Recorder trace);
}
