package io.zhiwen.ingest.embed;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;

/// Some workspaces, lent to one caller each; who waits longest is next.
final class Workspaces {

    private final Semaphore free;
    private final ConcurrentLinkedQueue<Workspace> idle = new ConcurrentLinkedQueue<>();
    private final int largestDimension;

    Workspaces(int count, int largestDimension) {
        this.free = new Semaphore(count, true);
        this.largestDimension = largestDimension;
    }

    /// What a run gives.
    interface Work<T> {
        T with(Workspace workspace) throws ai.onnxruntime.OrtException;
    }

    <T> T lend(Work<T> work) {
        free.acquireUninterruptibly();
        try {
            Workspace known = idle.poll();
            Workspace workspace = known != null ? known : new Workspace(largestDimension);
            try {
                return work.with(workspace);
            } catch (ai.onnxruntime.OrtException e) {
                throw new IllegalStateException("the encoder failed", e);
            } finally {
                idle.add(workspace);
            }
        } finally {
            free.release();
        }
    }
}
