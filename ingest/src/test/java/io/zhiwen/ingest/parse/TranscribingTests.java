package io.zhiwen.ingest.parse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import io.zhiwen.ingest.parse.UnreadableDocument.Reason;
import io.zhiwen.ingest.upload.Sha256;
import io.zhiwen.ingest.upload.SourceFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TranscribingTests {

    private record Answer(int status, String body) {}

    @TempDir private Path folder;
    private final List<String> requests = new ArrayList<>();
    private final Queue<Answer> answers = new ArrayDeque<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/v1/audio/transcriptions",
                exchange -> {
                    requests.add(
                            exchange.getRequestHeaders().getFirst("Authorization")
                                    + "\n"
                                    + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
                    Answer answer = answers.remove();
                    byte[] body = answer.body().getBytes(UTF_8);
                    exchange.sendResponseHeaders(answer.status(), body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void whatIsSaidBecomesParagraphsBehindTheirTimes() throws Exception {
        answers.add(
                new Answer(
                        200,
                        """
                        {"text": "…", "segments": [
                          {"start": 0.0, "end": 4.2, "text": " Good morning."},
                          {"start": 4.2, "end": 9.0, "text": " Leave is 15 days."},
                          {"start": 65.5, "end": 70.0, "text": "年假为十五天。"},
                          {"start": 70.0, "end": 71.0, "text": "谢谢。"}]}
                        """));
        var read = parse("Meeting 7.mp3");
        assertThat(read.blocks())
                .extracting(Block::text)
                .containsExactly("[00:00] Good morning. Leave is 15 days.", "[01:05] 年假为十五天。谢谢。");
        assertThat(read.mediaType()).startsWith("audio/");
        assertThat(requests)
                .singleElement()
                .satisfies(
                        request ->
                                assertThat(request)
                                        .startsWith("Bearer a key")
                                        .contains(
                                                "name=\"model\"\r\n\r\nwhisper-large-v3",
                                                "verbose_json",
                                                "filename=\"sound.mp3\"",
                                                "ID3 sound")
                                        .doesNotContain("Meeting"));
    }

    @Test
    void aServerThatTellsNoTimesIsAskedWithoutThem() throws Exception {
        answers.add(new Answer(400, "{\"error\": \"response_format\"}"));
        answers.add(new Answer(200, "{\"text\": \"Leave is 15 days.\"}"));
        assertThat(parse("a.wav").blocks())
                .extracting(Block::text)
                .containsExactly("Leave is 15 days.");
        assertThat(requests.getLast()).contains("\r\n\r\njson\r\n");
    }

    @Test
    void soundTheServerRefusesFailsForGoodAndAServerThatIsDownForNow() throws Exception {
        answers.add(new Answer(415, "what is this"));
        assertThat(refusal().reason()).isEqualTo(Reason.TRANSCRIPTION_REFUSED);
        answers.add(new Answer(503, "loading"));
        var down = refusal();
        assertThat(down.reason()).isEqualTo(Reason.TRANSCRIPTION_UNAVAILABLE);
        assertThat(down.reason().isPassing()).isTrue();
        assertThat(down.detail()).contains("503", "loading");
        answers.add(new Answer(200, "<html>"));
        assertThat(refusal().reason()).isEqualTo(Reason.TRANSCRIPTION_UNAVAILABLE);
        server.stop(0);
        assertThat(refusal().reason()).isEqualTo(Reason.TRANSCRIPTION_UNAVAILABLE);
    }

    @Test
    void aTryHasItListenToSilenceAndSaysWhyItDoesNot() throws Exception {
        answers.add(new Answer(200, "{\"text\": \"\"}"));
        Transcribing.tryOut(settings(), Duration.ofSeconds(20));
        assertThat(requests.getLast()).contains("filename=\"sound.wav\"", "RIFF", "WAVEfmt ");
        answers.add(new Answer(401, "no such key"));
        assertThatThrownBy(() -> Transcribing.tryOut(settings(), Duration.ofSeconds(20)))
                .isInstanceOfSatisfying(
                        UnreadableDocument.class,
                        refused -> assertThat(refused.detail()).contains("401", "no such key"));
    }

    @Test
    void silenceIsNoText() throws Exception {
        answers.add(new Answer(200, "{\"text\": \" \"}"));
        assertThat(refusal().reason()).isEqualTo(Reason.NO_TEXT);
    }

    @Test
    void withoutAServerOrForOtherFilesTheParserHasTheLastWord() throws Exception {
        try (var parser = new Transcribing(TranscribingTests::media, TranscriptionSettings.NONE)) {
            assertThatThrownBy(() -> parser.parse(file("a.mp3"))).hasMessage("audio/mpeg");
        }
        try (var parser =
                new Transcribing(
                        _ -> {
                            throw UnreadableDocument.because(Reason.CORRUPT, "torn");
                        },
                        settings())) {
            assertThatThrownBy(() -> parser.parse(file("a.pdf"))).hasMessage("torn");
        }
        assertThat(requests).isEmpty();
    }

    private UnreadableDocument refusal() {
        return catchThrowableOfType(UnreadableDocument.class, () -> parse("a.mp3"));
    }

    private ParsedDocument parse(String name) throws Exception {
        try (var parser = new Transcribing(TranscribingTests::media, settings())) {
            return parser.parse(file(name));
        }
    }

    private TranscriptionSettings settings() {
        return new TranscriptionSettings(
                "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/",
                "whisper-large-v3",
                "a key",
                Duration.ofSeconds(20));
    }

    private static ParsedDocument media(SourceFile file) throws UnreadableDocument {
        throw UnreadableDocument.because(Reason.MEDIA, "audio/mpeg");
    }

    private SourceFile file(String name) throws IOException {
        Path path = Files.writeString(folder.resolve("stored"), "ID3 sound");
        return new SourceFile(name, new Sha256("0".repeat(64)), Files.size(path), path);
    }
}
