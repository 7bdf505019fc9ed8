package io.zhiwen.library;

import com.github.kagkarlsson.scheduler.task.Priority;

/// How soon somebody wants the work on a file done. Each lane of the line advances by one job while
/// the lanes of the next urgency advance by a quarter, so that nobody waits for ever.
enum Urgency {
    /// A person waits for it.
    UPLOAD(1, Priority.HIGH),
    /// One of many that a person sent, or that came in an archive.
    MANY(4, Priority.MEDIUM),
    /// A source brought it.
    SYNC(16, Priority.MEDIUM - 1),
    /// It is found already and is cut anew.
    ANEW(64, Priority.LOW);

    private final int step;
    private final int priority;

    /// @param step by how many turns a job of a lane stands behind the one before it
    /// @param priority as nodes of an older version go by
    Urgency(int step, int priority) {
        this.step = step;
        this.priority = priority;
    }

    int step() {
        return step;
    }

    int priority() {
        return priority;
    }
}
