package io.zhiwen.ingest.parse.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhiwen.ingest.parse.Block;
import io.zhiwen.ingest.parse.Figure;
import io.zhiwen.ingest.parse.Finding;
import io.zhiwen.ingest.parse.Part;
import io.zhiwen.ingest.parse.ScannedPage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A worker may be taken over by a file it reads, so what it says is data of a stranger.
class FramesTests {

    private static final Frames.Reply WHOLE =
            new Frames.Reply(
                    List.of(
                            Block.heading(1, "年假", 1),
                            Block.table(List.of(List.of("a", "b"), List.of("1", "2")), 1, 2, "Q1")),
                    List.of(),
                    true,
                    1,
                    2,
                    "{}",
                    new Frames.End(
                            "application/pdf",
                            false,
                            "Leave",
                            2,
                            List.of(Finding.onPages(Finding.Kind.READ_BY_OCR, List.of(1), 93)),
                            List.of(new Part("a/b.txt", 12, null)),
                            List.of(
                                    new ScannedPage(
                                            1, List.of(ScannedPage.Line.of("x", 0, 0, 1, 1)))),
                            List.of(new Figure(3, 1, "A lathe", "image/png", 640, 480)),
                            null,
                            null));

    @Test
    void aFrameIsReadAsItWasWritten() throws IOException {
        assertThat(read(bytes(WHOLE))).isEqualTo(WHOLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "null",
                "[]",
                "{\"pictures\":[],\"blocks\":[null]}",
                "{\"pictures\":[],\"blocks\":[{\"kind\":\"PARAGRAPH\",\"rows\":[]}]}",
                "{\"pictures\":[],\"blocks\":[{\"text\":\"x\",\"rows\":[]}]}",
                "{\"pictures\":[],\"blocks\":[{\"kind\":\"TABLE\",\"text\":\"x\",\"rows\":[[null]]}]}",
                "{\"pictures\":[],\"blocks\":[{\"kind\":\"SCRIPT\",\"text\":\"x\",\"rows\":[]}]}",
                "{\"pictures\":[],\"blocks\":[],\"end\":{\"mediaType\":\"text/plain\"}}",
                "{\"pictures\":[],\"blocks\":[],\"end\":{\"findings\":[],\"parts\":[null],\"scans\":[]}}"
            })
    void whatIsNotWholeIsNoFrame(String json) {
        byte[] text = json.getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> read(framed(text))).isInstanceOf(IOException.class);
    }

    @Test
    void whateverIsDoneToAFrameItIsReadOrRefusedAndNothingElse() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] frame = bytes(WHOLE);
        for (int i = 0; i < 3000; i++) {
            byte[] hurt = hurt(frame, random);
            try {
                assertThat(read(hurt).blocks()).as("seed %d, %d", seed, i).doesNotContainNull();
            } catch (IOException expected) {
                // refused
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed + ", " + i, e);
            }
        }
    }

    private static byte[] hurt(byte[] frame, Random random) {
        byte[] hurt = Arrays.copyOf(frame, frame.length);
        for (int n = 1 + random.nextInt(4); n > 0; n--) {
            int at = 4 + random.nextInt(hurt.length - 4);
            switch (random.nextInt(4)) {
                case 0 -> hurt[at] = (byte) random.nextInt(256);
                case 1 -> hurt[at] = (byte) "{}[]\",:0n-".charAt(random.nextInt(10));
                case 2 -> hurt = Arrays.copyOf(hurt, Math.max(5, at));
                default -> System.arraycopy(hurt, at, hurt, 4, hurt.length - at);
            }
        }
        return random.nextInt(10) == 0 ? hurt : framed(Arrays.copyOfRange(hurt, 4, hurt.length));
    }

    private static Frames.Reply read(byte[] bytes) throws IOException {
        return Frames.read(
                new DataInputStream(new ByteArrayInputStream(bytes)), Frames.Reply.class);
    }

    private static byte[] bytes(Frames.Reply reply) throws IOException {
        var out = new ByteArrayOutputStream();
        Frames.write(new DataOutputStream(out), reply);
        return out.toByteArray();
    }

    private static byte[] framed(byte[] json) {
        var out = new ByteArrayOutputStream();
        try (var data = new DataOutputStream(out)) {
            data.writeInt(json.length);
            data.write(json);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }
}
