package io.zhiwen.system;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/// Says it in two lines in place of a stack trace.
class OtherDatabaseHereAnalyzer extends AbstractFailureAnalyzer<OtherDatabaseHere> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, OtherDatabaseHere cause) {
        return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.advice(), cause);
    }
}
