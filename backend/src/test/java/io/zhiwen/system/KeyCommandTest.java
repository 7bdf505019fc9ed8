package io.zhiwen.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyCommandTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir Path data;

    @Test
    void printsOnlyTheKeyWhenTheProductIsNotRunningEvenBeforeItsFirstStart() throws Exception {
        assertThat(run("portal")).as(err.toString(StandardCharsets.UTF_8)).isZero();
        assertThat(printed()).matches("zw_[a-z2-9]{6}_[A-Za-z0-9_-]{43}\n");

        out.reset();
        try (var held = DataFolder.hold(data);
                var _ = PostgresServer.start(held, null)) {
            assertThat(run("beside the running product")).isZero();
        }
        assertThat(printed()).matches("zw_[a-z2-9]{6}_[A-Za-z0-9_-]{43}\n");
    }

    @Test
    void saysHowItIsCalled() {
        assertThat(run()).isEqualTo(2);
        assertThat(run("a", "b")).isEqualTo(2);
        assertThat(printed()).isEmpty();
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("usage: ./run key NAME");
    }

    private int run(String... arguments) {
        return KeyCommand.run(
                arguments,
                Map.of("ZHIWEN_DATA", data.toString()),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }
}
