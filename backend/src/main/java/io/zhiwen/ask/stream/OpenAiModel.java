package io.zhiwen.ask.stream;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import io.zhiwen.ask.prompt.Tokenizer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Streams from any OpenAI-compatible server: llama.cpp, vLLM, SGLang, Ollama. HTTP/1.1 only, for
/// an upgrade to HTTP/2 makes vLLM lose the body; follows no redirect, so the key goes nowhere
/// else. Has one thread of its own, for timeouts.
final class OpenAiModel implements CancellableModel {

    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final LlmSettings settings;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledThreadPoolExecutor timer;
    private final HttpClient client;

    OpenAiModel(LlmSettings settings) {
        this.settings = settings;
        this.timer =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().daemon().name("llm-timeouts").factory());
        this.timer.setRemoveOnCancelPolicy(true);
        // a model nobody asks any more leaves no thread behind
        this.timer.setKeepAliveTime(IDLE.toSeconds(), TimeUnit.SECONDS);
        this.timer.allowCoreThreadTimeOut(true);
        this.client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(settings.connectTimeout())
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .executor(threads)
                        .build();
    }

    /// Of the same server.
    Tokenizer tokenizer() {
        return new ServerTokenizer(settings, client, System::nanoTime);
    }

    @Override
    public StreamingHandle start(
            ChatRequest request, @Nullable Long seed, StreamingChatResponseHandler handler) {
        HttpRequest.Builder http =
                HttpRequest.newBuilder(settings.chat())
                        .header("Content-Type", "application/json")
                        .header("Accept", "text/event-stream")
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        body(request, seed), StandardCharsets.UTF_8));
        if (!settings.key().isEmpty()) {
            http.header("Authorization", "Bearer " + settings.key());
        }
        var stream =
                new ChatStream(
                        handler,
                        timer,
                        threads,
                        settings.firstTokenTimeout(),
                        settings.idleTimeout());
        if (ModelAddress.isAllowed(settings.chat())) {
            stream.open(client.sendAsync(http.build(), stream.body()));
        } else {
            stream.open(
                    CompletableFuture.failedFuture(
                            new LlmFailure(
                                    LlmFailure.Code.REJECTED,
                                    "a model server must not be at this address")));
        }
        return stream;
    }

    @Override
    public void close() {
        client.shutdownNow();
        timer.shutdownNow();
        threads.shutdownNow();
    }

    private String body(ChatRequest request, @Nullable Long seed) {
        ObjectNode body = JSON.createObjectNode();
        String model = request.modelName();
        body.put("model", model == null ? settings.model() : model);
        ArrayNode messages = body.putArray("messages");
        for (ChatMessage message : request.messages()) {
            ObjectNode node = messages.addObject();
            switch (message) {
                case SystemMessage system ->
                        node.put("role", "system").put("content", system.text());
                case UserMessage user -> node.put("role", "user").put("content", user.singleText());
                case AiMessage ai -> node.put("role", "assistant").put("content", ai.text());
                default -> throw new IllegalArgumentException("cannot send " + message.type());
            }
        }
        Integer most = request.maxOutputTokens();
        Double temperature = request.temperature();
        body.put("max_tokens", most == null ? settings.maxTokens() : most);
        body.put("temperature", temperature == null ? settings.temperature() : temperature);
        if (request.topP() != null) {
            body.put("top_p", request.topP());
        }
        if (seed != null) {
            body.put("seed", seed);
        }
        body.put("stream", true);
        body.putObject("stream_options").put("include_usage", true);
        return JSON.writeValueAsString(body);
    }
}
