package io.zhiwen.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FileNamesTest {

    @Test
    void onlyTheLastPartIsKeptOnOneLineWithoutWhatTurnsItAround() {
        assertThat(FileNames.clean("C:\\Users\\..\\财务/报销\u202Efdp.exe\n")).isEqualTo("报销fdp.exe");
        assertThat(FileNames.clean("../..")).isEqualTo("..");
        assertThat(FileNames.clean("a/\u200B")).isEqualTo("unnamed");
    }

    @Test
    void anyBytesGiveAName() {
        Random random = new Random(1);
        byte[] likely = "/\\.. \u202E\u2028\u200B报a\n\u3000".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 3000; i++) {
            byte[] bytes = new byte[random.nextInt(400)];
            random.nextBytes(bytes);
            for (int at = 0; at < bytes.length; at += 1 + random.nextInt(3)) {
                bytes[at] = likely[random.nextInt(likely.length)];
            }
            FileNamesFuzz.fuzzerTestOneInput(bytes);
        }
    }
}
