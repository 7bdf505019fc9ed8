package io.zhiwen.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DockerfileTest {

    private static final Path ROOT = Path.of("..");
    private static final Path APP = Path.of("src/main/app");

    private final List<String> steps = steps();

    DockerfileTest() throws IOException {}

    @Test
    void itIsBuiltWithAJdkAndRunWithAJreOfTheSameJavaBothPinned() {
        assertThat(of("FROM"))
                .satisfiesExactly(
                        build ->
                                assertThat(build)
                                        .matches(
                                                "maven:3\\.9\\.\\d+-eclipse-temurin-25-\\w+ AS build"),
                        run ->
                                assertThat(run)
                                        .matches("eclipse-temurin:25\\.[\\d.]+_\\d+-jre-\\w+"));
    }

    @Test
    void itRunsAsAUserWhoOwnsNothingButTheData() {
        assertThat(of("USER")).containsExactly("10001:10001");
        assertThat(steps.indexOf("USER 10001:10001"))
                .isGreaterThan(steps.lastIndexOf("RUN " + of("RUN").getLast()));
        assertThat(of("COPY")).noneMatch(copied -> copied.contains("--chown"));
        assertThat(String.join("\n", of("RUN")))
                .contains(
                        "install --directory --owner=10001 --group=10001 --mode=0700 /data /originals")
                .doesNotContain("chown", "chmod 777", "sudo");
    }

    @Test
    void nothingIsFetchedAndRunUnseen() {
        assertThat(String.join("\n", of("RUN"))).doesNotContain("curl", "wget", "| sh", "| bash");
        assertThat(of("RUN").stream().filter(step -> step.contains("apt-get")))
                .singleElement()
                .asString()
                .contains(
                        "install -y -qq --no-install-recommends tesseract-ocr"
                                + " tesseract-ocr-chi-sim tesseract-ocr-chi-tra");
        assertThat(of("ADD")).isEmpty();
    }

    @Test
    void noSecretComesIn() {
        assertThat(of("ARG")).isEmpty();
        assertThat(String.join("\n", of("ENV"))).doesNotContain("PASSWORD", "KEY", "TOKEN");
    }

    @Test
    void itStartsTheLauncherThatEveryOtherStartUses() throws IOException {
        assertThat(of("ENTRYPOINT")).containsExactly("[\"zhiwen\"]");
        assertThat(of("CMD")).containsExactly("[\"serve\"]");
        assertThat(of("HEALTHCHECK"))
                .singleElement()
                .asString()
                .endsWith("CMD [\"zhiwen\", \"health\"]");
        assertThat(Files.readString(ROOT.resolve("run"))).contains("\"$app/zhiwen\" serve");
        assertThat(Files.isExecutable(APP.resolve("zhiwen"))).isTrue();
    }

    /// The flags are in one file; a test runs with them, and nothing else writes one down.
    @Test
    void theFlagsOfJavaAreInOneFile() throws IOException {
        String flags = Files.readString(APP.resolve("jvm-flags"));
        assertThat(flags)
                .contains("--add-modules jdk.incubator.vector\n")
                .contains("--enable-native-access=ALL-UNNAMED\n");
        assertThat(Files.readString(APP.resolve("zhiwen"))).contains("\"@$app/jvm-flags\"");
        for (String file :
                List.of("run", "Dockerfile", "docker-compose.yml", "backend/src/main/app/zhiwen")) {
            assertThat(Files.readString(ROOT.resolve(file)))
                    .as(file)
                    .doesNotContain("jdk.incubator.vector", "enable-native-access");
        }
        String pom = Files.readString(ROOT.resolve("pom.xml"));
        for (String flag :
                pom.replaceAll("(?s).*<zhiwen.jvm>(.*)</zhiwen.jvm>.*", "$1").split(" --")) {
            assertThat(flags).as("what tests run with").contains(flag.replaceFirst("^--", ""));
        }
    }

    @Test
    void onlyWhatTheBuildReadsIsSentToIt() throws IOException {
        List<String> ignored = Files.readAllLines(ROOT.resolve(".dockerignore"));
        assertThat(ignored).contains("*", "**/target");
        assertThat(ignored).noneMatch(line -> line.startsWith("!") && line.contains("env"));
    }

    private List<String> of(String instruction) {
        return steps.stream()
                .filter(step -> step.startsWith(instruction + " "))
                .map(step -> step.substring(instruction.length() + 1))
                .toList();
    }

    private static List<String> steps() throws IOException {
        List<String> steps = new ArrayList<>();
        StringBuilder step = new StringBuilder();
        for (String line : Files.readAllLines(ROOT.resolve("Dockerfile"))) {
            if (line.startsWith("#") || line.isBlank()) {
                continue;
            }
            if (line.endsWith("\\")) {
                step.append(line, 0, line.length() - 1).append(' ');
            } else {
                steps.add(step.append(line).toString().replaceAll(" +", " "));
                step.setLength(0);
            }
        }
        return steps;
    }
}
