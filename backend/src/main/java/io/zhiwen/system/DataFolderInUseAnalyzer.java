package io.zhiwen.system;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/// Says it in a line in place of a stack trace.
class DataFolderInUseAnalyzer extends AbstractFailureAnalyzer<DataFolderInUse> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, DataFolderInUse cause) {
        return new FailureAnalysis(
                String.valueOf(cause.getMessage()),
                "Stop that one, or start this one with another folder: ./run --data DIR",
                cause);
    }
}
