package io.zhiwen.ask.stream;

import io.zhiwen.account.Scope;
import io.zhiwen.ask.prompt.Prompts;
import io.zhiwen.ask.question.FollowUps;
import io.zhiwen.ask.question.Turn;
import io.zhiwen.ingest.chunk.Language;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Has the chat model make follow-ups stand alone. What comes back is used only when it looks like
/// a question: one line, not longer than it needs to be.
public final class ModelFollowUps implements FollowUps {

    private static final int MAX_TOKENS = 160;
    private static final int EXTRA_CHARACTERS = 300;

    private final Models models;
    private final Duration timeout;

    public ModelFollowUps(Models models, LlmSettings settings) {
        this.models = models;
        this.timeout = settings.rewriteTimeout();
    }

    @Override
    public Optional<String> standalone(
            String typed, List<Turn> history, Scope scope, BooleanSupplier stop) {
        return models.of(scope).flatMap(writer -> made(writer, typed, history, stop));
    }

    private Optional<String> made(
            ModelWriter writer, String typed, List<Turn> history, BooleanSupplier stop) {
        long until = System.nanoTime() + timeout.toNanos();
        String made =
                writer.brief(
                        Prompts.rewrite(typed, history, Language.of(typed)),
                        MAX_TOKENS,
                        () -> stop.getAsBoolean() || System.nanoTime() - until >= 0);
        return made == null ? Optional.empty() : usable(made, typed);
    }

    private static Optional<String> usable(String made, String typed) {
        String line = made.strip().replaceAll("^[\"“「]+|[\"”」]+$", "").strip();
        boolean question =
                !line.isEmpty()
                        && line.indexOf('\n') < 0
                        && line.length() <= typed.length() + EXTRA_CHARACTERS
                        && line.codePoints().anyMatch(Character::isLetterOrDigit);
        return question ? Optional.of(line) : Optional.empty();
    }
}
