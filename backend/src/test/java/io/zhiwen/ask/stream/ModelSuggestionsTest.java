package io.zhiwen.ask.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.ask.prompt.PromptSettings;
import io.zhiwen.ask.question.Tongue;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Questions to go on with, written by a model.
@Timeout(60)
class ModelSuggestionsTest {

    private ScriptedServer server;
    private Models models;
    private ModelSuggestions suggestions;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedServer(c -> c.stream().finish());
        LlmSettings settings = ModelWriterTest.settings(server.url(), 1);
        models =
                new Models(
                        settings,
                        new PromptSettings(8192, 3500, 900, 1000),
                        ModelDirectory.EMPTY,
                        Lines.OWN,
                        ModelObserver.NONE);
        suggestions = new ModelSuggestions(models, settings);
    }

    @AfterEach
    void stop() throws IOException {
        models.close();
        server.close();
    }

    @Test
    void ofWhatTheModelWritesOnlyItsQuestionsAreKept() {
        server.play(
                c ->
                        c.stream()
                                .token("Here are some:\n1. Who approves the leave?\n")
                                .token("- “When does it lapse?”\nIt lapses in March.")
                                .finish());
        assertThat(next()).containsExactly("Who approves the leave?", "When does it lapse?");
        assertThat(server.requests.getFirst().body())
                .contains("How many days?", "A: 21 days.", "Leave > Carrying over");
    }

    @Test
    void aModelThatWritesNoQuestionOrFailsSuggestsNothing() {
        server.play(c -> c.stream().token("I cannot think of any.").finish());
        assertThat(next()).isEmpty();
        server.play(c -> c.head("500 Internal Server Error", "text/plain").raw("broken"));
        assertThat(next()).isEmpty();
    }

    @Test
    void aModelWhoseSlotsAreAllTakenIsNotAsked() throws Exception {
        var begun = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        server.play(
                c -> {
                    c.stream().token("21 ");
                    begun.countDown();
                    goOn.await();
                    c.finish();
                });
        Thread answer =
                Thread.ofVirtual().start(() -> Collected.write(models.configured().orElseThrow()));
        begun.await();
        assertThat(next()).isEmpty();
        assertThat(server.requests).hasSize(1);
        goOn.countDown();
        answer.join();
    }

    private List<String> next() {
        return suggestions.next(
                "How many days?",
                "21 days [1].",
                List.of("Leave > Carrying over"),
                Tongue.ENGLISH,
                List.of());
    }
}
