package io.zhiwen.ask.table;

import io.zhiwen.account.Scope;
import io.zhiwen.ask.prompt.Prompt;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// A model that is asked what a question asks of a table, where rules do not tell.
@FunctionalInterface
public interface QueryModel {

    /// What it says, whatever that is.
    Optional<String> said(Prompt prompt, Scope scope, BooleanSupplier stop);
}
