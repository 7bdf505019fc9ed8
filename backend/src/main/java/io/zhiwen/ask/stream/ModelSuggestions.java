package io.zhiwen.ask.stream;

import io.zhiwen.ask.prompt.NextPrompt;
import io.zhiwen.ask.question.Tongue;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/// Has the chat model suggest what to ask next; only while a slot is free and nobody waits for one,
/// so that no answer comes later for it. Safe for concurrent use.
public final class ModelSuggestions {

    private static final int MAX_TOKENS = 160;
    private static final int LONGEST = 120;

    private final Models models;
    private final Duration timeout;

    public ModelSuggestions(Models models, LlmSettings settings) {
        this.models = models;
        this.timeout = settings.rewriteTimeout();
    }

    /// @param topics what else the documents tell of, for questions that can be answered
    /// @return none when no model has time, or what it gave were no questions
    public List<String> next(
            String question,
            String answer,
            List<String> topics,
            Tongue tongue,
            Collection<KnowledgeBaseId> bases) {
        ModelWriter writer = models.of(bases).orElse(null);
        if (writer == null || !writer.state().hasTime()) {
            return List.of();
        }
        long until = System.nanoTime() + timeout.toNanos();
        String made =
                writer.brief(
                        NextPrompt.of(question, answer, topics, tongue),
                        MAX_TOKENS,
                        () -> System.nanoTime() - until >= 0);
        return made == null ? List.of() : questions(made);
    }

    static List<String> questions(String made) {
        return made.lines()
                .map(line -> line.replaceAll("^[\\s\\d.、)）*•\"“「-]+|[\\s\"”」*]+$", ""))
                .filter(line -> line.endsWith("?") || line.endsWith("？"))
                .filter(line -> line.length() <= LONGEST)
                .toList();
    }
}
