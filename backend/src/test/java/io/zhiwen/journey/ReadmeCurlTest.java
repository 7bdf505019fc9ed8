package io.zhiwen.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.system.IngestCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Runs the README's `curl` examples, one after another, as its reader would.
class ReadmeCurlTest {

    private static final Pattern EXAMPLE =
            Pattern.compile("```sh\\n(curl .*?)\\n```", Pattern.DOTALL);

    @TempDir Path folder;

    @Test
    void everyExampleOfTheReadmeWorksInTheirOrder() throws IOException, InterruptedException {
        List<String> examples = examples();
        assertThat(examples).hasSizeGreaterThanOrEqualTo(8);
        Path file = folder.resolve("handbook.md");
        Files.writeString(file, "# Leave\n\nEvery employee has 15 days of annual leave.\n");
        try (RunningProduct product = RunningProduct.start(folder.resolve("data"), Map.of())) {
            Map<String, String> shell = new HashMap<>();
            shell.put("ZHIWEN", product.url());
            shell.put("KEY", product.newKey("readme"));
            Rest rest = new Rest(product, shell.get("KEY"));
            for (String example : examples) {
                String printed = run(example, shell);
                if (example.contains("-F file=")) {
                    shell.put("DOCUMENT", id(printed));
                    rest.settled(shell.get("BASE"), java.time.Duration.ofMinutes(1));
                } else if (example.contains("\"name\"")) {
                    shell.put("BASE", id(printed));
                }
            }
            aFolderIsPutInFromTheShell(product.url(), shell.get("KEY"));
        }
    }

    private void aFolderIsPutInFromTheShell(String url, String key) throws IOException {
        Path manuals = Files.createDirectories(folder.resolve("manuals/old"));
        Files.writeString(manuals.resolve("泵.md"), "# 泵\n\n泵每年检修两次。\n");
        Files.writeString(manuals.resolve("copy.md"), "# 泵\n\n泵每年检修两次。\n");
        Files.writeString(manuals.resolve("empty.txt"), "");
        Files.writeString(manuals.resolve(".hidden.txt"), "not for anyone");
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        String[] arguments = {manuals.getParent().toString(), "--base", "Manuals", "--create"};
        Map<String, String> environment = Map.of("ZHIWEN_KEY", key, "ZHIWEN_URL", url);

        int exit = IngestCommand.run(arguments, environment, print(out), print(err));

        assertThat(out.toString(StandardCharsets.UTF_8))
                .as(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("3 files: 1 ready with 1 passages, 1 failed, 1 more than once\n");
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("empty.txt: ");
        assertThat(exit).isEqualTo(1);
        String[] nowhere = {manuals.toString(), "--base", "No such base"};
        assertThat(IngestCommand.run(nowhere, environment, print(out), print(err))).isEqualTo(1);
        assertThat(IngestCommand.run(arguments, Map.of(), print(out), print(err))).isEqualTo(2);
    }

    private static PrintStream print(ByteArrayOutputStream to) {
        return new PrintStream(to, true, StandardCharsets.UTF_8);
    }

    private String run(String example, Map<String, String> shell)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder("bash", "-c", "set -eu\n" + example).directory(folder.toFile());
        builder.environment().putAll(shell);
        builder.redirectErrorStream(true);
        Process process = builder.start();
        String printed =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s%n%s", example, printed).isZero();
        return printed;
    }

    private static String id(String printed) {
        JsonNode json = JsonMapper.shared().readTree(printed.substring(printed.indexOf('{')));
        return json.get("id").asString();
    }

    private static List<String> examples() throws IOException {
        Matcher matcher = EXAMPLE.matcher(Files.readString(Path.of("..", "README.md")));
        List<String> examples = new ArrayList<>();
        while (matcher.find()) {
            examples.add(matcher.group(1));
        }
        return examples;
    }
}
