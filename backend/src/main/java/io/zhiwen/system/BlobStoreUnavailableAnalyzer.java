package io.zhiwen.system;

import io.zhiwen.ingest.upload.BlobStoreUnavailable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/// Says why Zhiwen does not start without its originals, without a page of Java.
final class BlobStoreUnavailableAnalyzer extends AbstractFailureAnalyzer<BlobStoreUnavailable> {

    @Override
    protected FailureAnalysis analyze(Throwable root, BlobStoreUnavailable cause) {
        return new FailureAnalysis(
                cause.getMessage(), "README, \"Settings\", lists zhiwen.blobs.", cause);
    }
}
