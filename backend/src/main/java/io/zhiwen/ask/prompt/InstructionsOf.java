package io.zhiwen.ask.prompt;

import io.zhiwen.account.Scope;

/// What the model is told for questions of a scope.
@FunctionalInterface
public interface InstructionsOf {

    /// Those of the assistant it is asked through, where it has any. Else those of the scope's
    /// bases when all of them are told the same, whatever is attached to the chat; none when they
    /// differ.
    Instructions in(Scope scope);
}
