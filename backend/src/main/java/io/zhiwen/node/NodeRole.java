package io.zhiwen.node;

/// What a process does.
public enum NodeRole {
    /// Pages, API and uploads; takes no jobs.
    WEB,
    /// Jobs; serves nothing but health and metrics.
    INGEST,
    BOTH;

    public boolean takesJobs() {
        return this != WEB;
    }

    public boolean servesPeople() {
        return this != INGEST;
    }
}
