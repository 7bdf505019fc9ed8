package io.zhiwen.doors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the committed description is for: a client made of it by the usual generator compiles, and
/// asks this product. Maven lays the generator, and what its clients need, beside the class path.
class GeneratedClientTest extends House {

    private static final Path GOLDEN = Path.of("src/test/resources/io/zhiwen/doors/openapi.json");
    private static final Path TOOLS = Path.of("target/client-generator");

    /// A program as somebody writes it who has only the description.
    private static final String PROGRAM =
            """
            import java.util.function.BinaryOperator;
            import zhiwen.client.*;
            import zhiwen.client.model.*;

            public class Program implements BinaryOperator<String> {

                @Override
                public String apply(String address, String key) {
                    ApiClient client = new ApiClient();
                    client.updateBaseUri(address);
                    client.setRequestInterceptor(
                            request -> request.header("Authorization", "Bearer " + key));
                    try {
                        StringBuilder said = new StringBuilder();
                        PageKnowledgeBase all =
                                new KnowledgeBasesApi(client).getKnowledgeBases(null, null);
                        for (KnowledgeBase base : all.getItems()) {
                            said.append(base.getName()).append('\\n');
                        }
                        AskRequest question =
                                new AskRequest().question("How many days of annual leave are there?");
                        Answer answer = new SearchAndAnswersApi(client).postAsk(question, null);
                        for (Citation citation : answer.getCitations()) {
                            said.append(citation.getDocument().getName()).append('\\n');
                        }
                        return said.toString();
                    } catch (ApiException failed) {
                        return "refused: " + failed.getCode() + " " + failed.getResponseBody();
                    }
                }
            }
            """;

    @TempDir Path folder;

    @Test
    void aClientGeneratedFromTheDescriptionCompilesAndAsks() throws Exception {
        Path generator = TOOLS.resolve("openapi-generator-cli.jar");
        if (!"true".equals(System.getenv("CI"))) {
            Assumptions.assumeTrue(
                    Files.exists(generator), "mvn -pl backend dependency:copy@client-generator");
        }
        awaitReady(documentA);
        generate(generator);
        compile();

        try (var classes = new URLClassLoader(urls())) {
            var program =
                    (BinaryOperator<?>)
                            classes.loadClass("Program").getDeclaredConstructor().newInstance();
            @SuppressWarnings("unchecked")
            var client = (BinaryOperator<String>) program;
            var address = "http://127.0.0.1:" + port;
            assertThat(client.apply(address, limitedKey)).isEqualTo("Handbook\nleave.txt\n");
            assertThat(client.apply(address, "zw_wrong"))
                    .startsWith("refused: 401")
                    .contains("\"code\":");
        }
    }

    private void generate(Path generator) throws IOException, InterruptedException {
        var log = folder.resolve("generator.log").toFile();
        var generating =
                new ProcessBuilder(
                                ProcessHandle.current().info().command().orElse("java"),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-Xmx256m",
                                "-jar",
                                generator.toString(),
                                "generate",
                                "--generator-name=java",
                                "--library=native",
                                "--input-spec=" + GOLDEN,
                                "--output=" + folder.resolve("client"),
                                "--invoker-package=zhiwen.client",
                                "--api-package=zhiwen.client",
                                "--model-package=zhiwen.client.model",
                                "--additional-properties=openApiNullable=false,useJakartaEe=true",
                                "--global-property=apis,models,supportingFiles,apiDocs=false,"
                                        + "modelDocs=false,apiTests=false,modelTests=false")
                        .redirectErrorStream(true)
                        .redirectOutput(log)
                        .start();
        assertThat(generating.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(generating.exitValue()).as(Files.readString(log.toPath())).isZero();
    }

    private void compile() throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var said = new StringWriter();
        try (var files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> sources = Files.walk(folder.resolve("client/src/main/java"))) {
            var client =
                    files.getJavaFileObjectsFromPaths(
                            sources.filter(path -> path.toString().endsWith(".java")).toList());
            Iterable<JavaFileObject> all =
                    Stream.concat(
                                    java.util.stream.StreamSupport.stream(
                                            client.spliterator(), false),
                                    Stream.of(program()))
                            .map(JavaFileObject.class::cast)
                            .toList();
            var options =
                    List.of(
                            "-proc:none",
                            "-nowarn",
                            "-d",
                            Files.createDirectory(folder.resolve("classes")).toString(),
                            "-classpath",
                            System.getProperty("java.class.path") + libraries());
            assertThat(compiler.getTask(said, files, null, options, null, all).call())
                    .as(said.toString())
                    .isTrue();
        }
    }

    private static JavaFileObject program() {
        return new SimpleJavaFileObject(
                URI.create("string:///Program.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreErrors) {
                return PROGRAM;
            }
        };
    }

    private static List<Path> jars() throws IOException {
        try (Stream<Path> files = Files.list(TOOLS)) {
            return files.filter(file -> file.getFileName().toString().startsWith("http")).toList();
        }
    }

    private static String libraries() throws IOException {
        var path = new StringBuilder();
        jars().forEach(jar -> path.append(File.pathSeparatorChar).append(jar));
        return path.toString();
    }

    private URL[] urls() throws IOException {
        var urls = new java.util.ArrayList<URL>();
        urls.add(folder.resolve("classes").toUri().toURL());
        for (Path jar : jars()) {
            urls.add(jar.toUri().toURL());
        }
        return urls.toArray(URL[]::new);
    }
}
