package io.zhiwen.ask.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.account.Scope;
import io.zhiwen.ask.prompt.PromptSettings;
import io.zhiwen.ask.question.Interpreter;
import io.zhiwen.ingest.chunk.Language;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A question in the other language, said by a model.
@Timeout(60)
class ModelInterpreterTest {

    private ScriptedServer server;
    private Models models;
    private Interpreter interpreter;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedServer(c -> c.stream().token("Who is Hobson?").finish());
        models =
                new Models(
                        ModelWriterTest.settings(server.url(), 1),
                        new PromptSettings(8192, 3500, 900, 1000),
                        ModelDirectory.EMPTY,
                        Lines.OWN,
                        ModelObserver.NONE);
        interpreter = interpreter();
    }

    @AfterEach
    void stop() throws IOException {
        models.close();
        server.close();
    }

    @Test
    void oneShortExchangeSaysItHoweverOftenItIsSearched() {
        assertThat(interpreter.say("霍布森是谁？", Language.EN)).contains("Who is Hobson?");
        assertThat(interpreter.say("霍布森是谁？", Language.EN)).contains("Who is Hobson?");

        assertThat(server.requests).hasSize(1);
        assertThat(server.requests.getFirst().body()).contains("霍布森是谁？", "into English");
    }

    @Test
    void whatIsNoQuestionInThatLanguageIsNotSearched() {
        assertThat(interpreter.say("Who is Hobson?", Language.ZH)).isEmpty();
        server.play(c -> c.stream().token("Sure!\n\nWho is Hobson?").finish());
        assertThat(interpreter().say("霍布森是谁？", Language.EN)).isEmpty();
        server.play(c -> c.stream().token("word ".repeat(100)).finish());
        assertThat(interpreter().say("霍布森是谁？", Language.EN)).isEmpty();
        server.play(c -> c.head("500 Internal Server Error", "text/plain").raw("broken"));
        assertThat(interpreter().say("霍布森是谁？", Language.EN)).isEmpty();
    }

    private Interpreter interpreter() {
        return new ModelInterpreter(
                models, Scope.ofThrowAway(KnowledgeBaseId.random()), () -> false);
    }
}
