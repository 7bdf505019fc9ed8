package io.zhiwen.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParseCommandTest {

    @TempDir Path folder;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(Map<String, String> environment, String... arguments) {
        return ParseCommand.run(
                arguments,
                environment,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @Test
    void whatIsUnderstoodIsMarkdownAndAFileThatCannotBeReadSaysWhy() throws IOException {
        Path table = Files.writeString(folder.resolve("t.csv"), "城市,人口\n杭州|西湖,1252\n");
        Path empty = Files.createFile(folder.resolve("empty.txt"));
        assertThat(run(Map.of(), table.toString(), empty.toString())).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("<!-- t.csv: text/csv, 1 blocks, 1 tables -->")
                .contains("| 城市 | 人口 |\n| --- | --- |\n| 杭州\\|西湖 | 1252 |\n");
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("empty.txt cannot be read: EMPTY");
    }

    @Test
    void itHasTheServersSettings() throws IOException {
        Path file = Files.writeString(folder.resolve("long.txt"), "More than ten characters.");
        assertThat(run(Map.of("ZHIWEN_PARSE_MAXCHARS", "10"), file.toString())).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("TOO_LARGE");
    }

    @Test
    void withoutAFileItSaysHowItIsUsed() {
        assertThat(run(Map.of(), "--passages")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains(ParseCommand.USAGE);
    }
}
