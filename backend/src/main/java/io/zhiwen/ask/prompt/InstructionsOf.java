package io.zhiwen.ask.prompt;

import io.zhiwen.account.Scope;

/// What the model is told for questions of a scope.
@FunctionalInterface
public interface InstructionsOf {

    /// Those of the base when the scope is one base alone.
    Instructions in(Scope scope);
}
