package io.zhiwen.ingest.parse;

import io.zhiwen.ingest.parse.UnreadableDocument.Reason;
import io.zhiwen.ingest.upload.SourceFile;
import java.io.FileNotFoundException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `POST /v1/audio/transcriptions` as OpenAI, vLLM, whisper.cpp and Speaches speak it. Safe for
/// concurrent use.
final class TranscriptionServer implements AutoCloseable {

    /// What was said from a moment of the sound on.
    ///
    /// @param second from the beginning
    record Said(double second, String text) {}

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final long LARGEST_ANSWER = 64L << 20;
    private static final int SHOWN_OF_A_REFUSAL = 200;
    private static final int BAD_REQUEST = 400;
    private static final int WAVE_HEAD = 44;

    private final TranscriptionSettings settings;
    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(CONNECT)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();

    TranscriptionServer(TranscriptionSettings settings) {
        this.settings = settings;
    }

    /// In order; one piece where the server tells no times.
    List<Said> transcribe(SourceFile file) throws UnreadableDocument, InterruptedException {
        try {
            return transcribe(file.name(), BodyPublishers.ofFile(file.path()));
        } catch (FileNotFoundException e) {
            throw UnreadableDocument.because(Reason.CRASHED, "the stored file is gone: " + e);
        }
    }

    /// Has it listen to half a second of silence.
    void tryOut() throws UnreadableDocument, InterruptedException {
        var _ = transcribe("silence.wav", BodyPublishers.ofByteArray(silence()));
    }

    /// 16-bit samples, 16,000 a second, behind the head of a WAVE file.
    private static byte[] silence() {
        int rate = 16_000;
        return ByteBuffer.allocate(WAVE_HEAD + rate)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("RIFF".getBytes(StandardCharsets.US_ASCII))
                .putInt(WAVE_HEAD - 8 + rate)
                .put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII))
                .putInt(16)
                .putShort((short) 1)
                .putShort((short) 1)
                .putInt(rate)
                .putInt(2 * rate)
                .putShort((short) 2)
                .putShort((short) 16)
                .put("data".getBytes(StandardCharsets.US_ASCII))
                .putInt(rate)
                .array();
    }

    private List<Said> transcribe(String name, BodyPublisher sound)
            throws UnreadableDocument, InterruptedException {
        HttpResponse<byte[]> answer = send(name, sound, "verbose_json");
        if (answer.statusCode() == BAD_REQUEST) {
            answer = send(name, sound, "json"); // newer models of OpenAI know no times
        }
        return switch (answer.statusCode()) {
            case 200 -> read(answer.body());
            case 400, 413, 415, 422 ->
                    throw UnreadableDocument.because(Reason.TRANSCRIPTION_REFUSED, told(answer));
            default -> throw unavailable(told(answer));
        };
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private HttpResponse<byte[]> send(String name, BodyPublisher sound, String format)
            throws UnreadableDocument, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(
                        request(name, sound, format),
                        BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_ANSWER));
        try {
            return answer.get(settings.timeLimit().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw unavailable("no answer within " + settings.timeLimit());
        } catch (ExecutionException e) {
            throw unavailable(String.valueOf(e.getCause()));
        } finally {
            answer.cancel(true);
        }
    }

    private HttpRequest request(String name, BodyPublisher sound, String format) {
        String boundary = "zhiwen-" + UUID.randomUUID();
        String head =
                field(boundary, "model", settings.model())
                        + field(boundary, "response_format", format)
                        + "--"
                        + boundary
                        + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"sound"
                        + extension(name)
                        + "\"\r\nContent-Type: application/octet-stream\r\n\r\n";
        BodyPublisher body =
                BodyPublishers.concat(
                        BodyPublishers.ofString(head),
                        sound,
                        BodyPublishers.ofString("\r\n--" + boundary + "--\r\n"));
        var request =
                HttpRequest.newBuilder(settings.endpoint())
                        .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                        .POST(body);
        if (!settings.key().isEmpty()) {
            request.header("Authorization", "Bearer " + settings.key());
        }
        return request.build();
    }

    private static String field(String boundary, String name, String value) {
        return "--"
                + boundary
                + "\r\nContent-Disposition: form-data; name=\""
                + name
                + "\"\r\n\r\n"
                + value
                + "\r\n";
    }

    /// By which servers tell what it is; nothing else of a name is sent.
    private static String extension(String name) {
        String end = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return end.matches("[a-z0-9]{1,5}") ? "." + end : "";
    }

    private static List<Said> read(byte[] body) throws UnreadableDocument {
        JsonNode answer;
        try {
            answer = JSON.readTree(body);
        } catch (JacksonException e) {
            throw unavailable("the answer is no JSON");
        }
        List<Said> said = new ArrayList<>();
        for (JsonNode segment : answer.path("segments")) {
            said.add(
                    new Said(
                            Math.max(0, segment.path("start").asDouble(0)),
                            segment.path("text").asString("")));
        }
        return said.isEmpty() ? List.of(new Said(0, answer.path("text").asString(""))) : said;
    }

    private static UnreadableDocument unavailable(String detail) {
        return UnreadableDocument.because(Reason.TRANSCRIPTION_UNAVAILABLE, detail);
    }

    private static String told(HttpResponse<byte[]> answer) {
        String body = new String(answer.body(), StandardCharsets.UTF_8).strip();
        return "status "
                + answer.statusCode()
                + (body.isEmpty()
                        ? ""
                        : ": " + body.substring(0, Math.min(SHOWN_OF_A_REFUSAL, body.length())));
    }
}
