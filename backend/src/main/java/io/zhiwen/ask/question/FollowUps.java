package io.zhiwen.ask.question;

import io.zhiwen.account.Scope;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Rewrites a follow-up so that it stands alone.
@FunctionalInterface
public interface FollowUps {

    /// No rewriter: no model is configured.
    FollowUps NONE = (_, _, _, _) -> Optional.empty();

    /// @param history oldest first, not empty
    /// @param scope what the question will search
    /// @return empty when it cannot be done in time
    Optional<String> standalone(
            String typed, List<Turn> history, Scope scope, BooleanSupplier stop);
}
