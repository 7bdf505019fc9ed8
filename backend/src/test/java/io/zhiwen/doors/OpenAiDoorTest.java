package io.zhiwen.doors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.UnauthorizedException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.models.Model;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// The OpenAI-compatible door, asked by OpenAI's own client, whose only way to fields it does not
/// know is deprecated.
@SuppressWarnings("deprecation")
class OpenAiDoorTest extends House {

    private static final String LEAVE = "How many days of annual leave are there?";

    @Test
    void aKeySeesTheBasesItMayReadAsModelsAndNoOther() throws Exception {
        try (var client = new Closing(openAi(limitedKey))) {
            var models = client.openAi.models().list().data();

            assertThat(models).extracting(Model::id).contains("zhiwen", "Handbook");
            assertThat(models).extracting(Model::id).noneMatch(id -> id.contains(CANARY));
            assertThat(client.openAi.models().retrieve("Handbook").ownedBy()).isEqualTo("zhiwen");
            assertThat(client.openAi.models().retrieve(baseA.toString()).id())
                    .isEqualTo("Handbook");
            var hidden =
                    catchThrowableOfType(
                            NotFoundException.class,
                            () -> client.openAi.models().retrieve(baseB.toString()));
            assertThat(hidden.code()).contains("model_not_found");
        }
    }

    @Test
    void aBaseAnswersAsAModelWithItsCitationsInAFieldOfOurOwn() throws Exception {
        awaitReady(documentA);
        try (var client = new Closing(openAi(limitedKey))) {
            var completion =
                    client.openAi.chat().completions().create(asking("Handbook", LEAVE).build());

            assertThat(completion.model()).isEqualTo("Handbook");
            assertThat(completion.choices()).hasSize(1);
            var choice = completion.choices().getFirst();
            assertThat(choice.message().content().orElseThrow())
                    .contains("15 days")
                    .contains("[1]");
            assertThat(choice.finishReason().asString()).isEqualTo("stop");
            assertThat(completion.usage().orElseThrow().totalTokens()).isZero();
            var extra = object(completion._additionalProperties().get("zhiwen"));
            var citation = object(list(extra.get("citations")).getFirst());
            assertThat(citation.get("text").toString()).contains("15 days of annual leave");
            assertThat(object(citation.get("document")).get("id").toString())
                    .isEqualTo(documentA.toString());
            assertThat(extra.get("engine").toString()).isEqualTo("extractive");
        }
    }

    @Test
    void aFollowUpIsUnderstoodFromTheMessagesBeforeIt() throws Exception {
        awaitReady(documentA);
        try (var client = new Closing(openAi(limitedKey))) {
            var params =
                    ChatCompletionCreateParams.builder()
                            .model("zhiwen")
                            .addSystemMessage("You are a pirate.")
                            .addUserMessage("How many days of annual leave has an employee?")
                            .addAssistantMessage("15 days. [1]")
                            .addUserMessage("And who gets it?")
                            .build();
            var answer = client.openAi.chat().completions().create(params);

            assertThat(answer.choices().getFirst().message().content().orElseThrow())
                    .contains("Every employee");
        }
    }

    @Test
    void aStreamBeginsWithTheRoleEndsWithTheReasonThenCountsAndIsWhole() throws Exception {
        awaitReady(documentA);
        List<ChatCompletionChunk> chunks = new ArrayList<>();
        var whole = ChatCompletionAccumulator.create();
        try (var client = new Closing(openAi(limitedKey));
                var stream =
                        client.openAi
                                .chat()
                                .completions()
                                .createStreaming(
                                        asking("Handbook", LEAVE)
                                                .streamOptions(
                                                        ChatCompletionStreamOptions.builder()
                                                                .includeUsage(true)
                                                                .build())
                                                .build())) {
            stream.stream().peek(whole::accumulate).forEach(chunks::add);
        }
        assertThat(chunks).extracting(ChatCompletionChunk::id).containsOnly(chunks.getFirst().id());
        assertThat(delta(chunks.getFirst()).role().orElseThrow().asString()).isEqualTo("assistant");
        var usage = chunks.removeLast();
        assertThat(usage.choices()).isEmpty();
        assertThat(usage.usage()).isPresent();
        var last = chunks.getLast();
        assertThat(last.choices().getFirst().finishReason().orElseThrow().asString())
                .isEqualTo("stop");
        assertThat(chunks.subList(0, chunks.size() - 1))
                .allMatch(chunk -> chunk.choices().getFirst().finishReason().isEmpty());
        assertThat(object(last._additionalProperties().get("zhiwen"))).containsKey("citations");
        assertThat(whole.chatCompletion().choices().getFirst().message().content().orElseThrow())
                .contains("15 days")
                .contains("[1]");
    }

    @Test
    void aStreamIsDataOnlyAndSaysDoneLast() throws Exception {
        awaitReady(documentA);
        var reply =
                service(limitedKey)
                        .open(
                                "/v1/chat/completions",
                                """
                                {"model": "Handbook", "stream": true, "temperature": 0.3,
                                 "messages": [{"role": "user",
                                    "content": [{"type": "text", "text": "annual leave"}]}]}
                                """);
        List<String> lines = new ArrayList<>();
        try (var in =
                new BufferedReader(new InputStreamReader(reply.body(), StandardCharsets.UTF_8))) {
            in.lines().filter(line -> !line.isEmpty()).forEach(lines::add);
        }
        assertThat(lines.removeLast().replace(" ", "")).isEqualTo("data:[DONE]");
        assertThat(lines)
                .isNotEmpty()
                .allSatisfy(
                        line ->
                                assertThat(
                                                JsonMapper.shared()
                                                        .readTree(line.substring("data:".length()))
                                                        .get("object")
                                                        .asString())
                                        .isEqualTo("chat.completion.chunk"));
    }

    @Test
    void errorsAreOpenAisOwn() throws Exception {
        try (var client = new Closing(openAi(limitedKey));
                var nobody = new Closing(openAi("zw_nobody_" + "x".repeat(43)))) {
            var hidden = refusal(NotFoundException.class, client, baseB.toString(), LEAVE);
            assertThat(hidden.code()).contains("model_not_found");
            assertThat(hidden.param()).contains("model");
            assertThat(hidden.type()).contains("invalid_request_error");
            var absent =
                    refusal(
                            NotFoundException.class,
                            client,
                            io.zhiwen.ingest.upload.KnowledgeBaseId.random().toString(),
                            LEAVE);
            assertThat(absent.code()).isEqualTo(hidden.code());

            var empty = refusal(BadRequestException.class, client, "Handbook", "?!");
            assertThat(empty.code()).contains("invalid_question");

            var stranger = refusal(UnauthorizedException.class, nobody, "Handbook", LEAVE);
            assertThat(stranger.code()).contains("invalid_api_key");
        }
    }

    private static <E extends OpenAIServiceException> E refusal(
            Class<E> type, Closing client, String model, String question) {
        return catchThrowableOfType(
                type,
                () -> client.openAi.chat().completions().create(asking(model, question).build()));
    }

    private static ChatCompletionCreateParams.Builder asking(String model, String question) {
        return ChatCompletionCreateParams.builder().model(model).addUserMessage(question);
    }

    private static ChatCompletionChunk.Choice.Delta delta(ChatCompletionChunk chunk) {
        return chunk.choices().getFirst().delta();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, JsonValue> object(JsonValue value) {
        return (Map<String, JsonValue>) value.asObject().orElseThrow();
    }

    @SuppressWarnings("unchecked")
    private static List<JsonValue> list(JsonValue value) {
        return (List<JsonValue>) value.asArray().orElseThrow();
    }

    private OpenAIClient openAi(String key) {
        return OpenAIOkHttpClient.builder()
                .baseUrl("http://127.0.0.1:" + port + "/v1")
                .apiKey(key)
                .maxRetries(0)
                .build();
    }

    private record Closing(OpenAIClient openAi) implements AutoCloseable {
        @Override
        public void close() {
            openAi.close();
        }
    }
}
