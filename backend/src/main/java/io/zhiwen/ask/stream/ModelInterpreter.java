package io.zhiwen.ask.stream;

import io.zhiwen.account.Scope;
import io.zhiwen.ask.prompt.TranslationPrompt;
import io.zhiwen.ask.question.Interpreter;
import io.zhiwen.ingest.chunk.Language;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Has the chat model translate one question, by one short exchange a language; only while a slot
/// is free and nobody waits for one. What comes back is used only when it looks like a question in
/// that language. For one thread.
public final class ModelInterpreter implements Interpreter {

    private static final int MAX_TOKENS = 160;

    /// English takes more characters than Chinese.
    private static final int TIMES = 6;

    private static final int EXTRA_CHARACTERS = 100;

    private final Models models;
    private final Scope scope;
    private final BooleanSupplier stop;
    private final Map<Language, Optional<String>> said = new EnumMap<>(Language.class);

    /// @param scope which says which model writes
    public ModelInterpreter(Models models, Scope scope, BooleanSupplier stop) {
        this.models = models;
        this.scope = scope;
        this.stop = stop;
    }

    @Override
    public Optional<String> say(String question, Language in) {
        return said.computeIfAbsent(in, _ -> asked(question, in));
    }

    private Optional<String> asked(String question, Language in) {
        ModelWriter writer = models.of(scope).orElse(null);
        if (writer == null || !writer.state().hasTime()) {
            return Optional.empty();
        }
        long until = System.nanoTime() + models.rewriteTimeout().toNanos();
        String made =
                writer.brief(
                        TranslationPrompt.of(question, in),
                        MAX_TOKENS,
                        () -> stop.getAsBoolean() || System.nanoTime() - until >= 0);
        return made == null ? Optional.empty() : usable(made, question, in);
    }

    private static Optional<String> usable(String made, String question, Language in) {
        String line = made.strip().replaceAll("^[\"“「]+|[\"”」]+$", "").strip();
        boolean is =
                line.indexOf('\n') < 0
                        && line.length() <= TIMES * question.length() + EXTRA_CHARACTERS
                        && line.codePoints().anyMatch(Character::isLetterOrDigit)
                        && Language.of(line) == in;
        return is ? Optional.of(line) : Optional.empty();
    }
}
