package io.zhiwen.system;

import io.zhiwen.ingest.Understood;
import io.zhiwen.ingest.chunk.Chunker;
import io.zhiwen.ingest.clean.CleanDocument;
import io.zhiwen.ingest.clean.Cleaner;
import io.zhiwen.ingest.embed.BundledEncoders;
import io.zhiwen.ingest.embed.Encoder;
import io.zhiwen.ingest.embed.Encoders;
import io.zhiwen.ingest.parse.ParsedDocument;
import io.zhiwen.ingest.parse.UnreadableDocument;
import io.zhiwen.ingest.parse.WorkerPool;
import io.zhiwen.ingest.upload.Sha256;
import io.zhiwen.ingest.upload.SourceFile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.util.FileSystemUtils;

/// `./run parse FILE...`: prints what is understood of files as an upload would understand them,
/// with the same settings. Touches nothing of an installation.
public final class ParseCommand {

    static final String USAGE = "usage: ./run parse [--passages] FILE...";

    private static final Sha256 UNHASHED = new Sha256("0".repeat(64));

    private ParseCommand() {}

    public static void main(String[] arguments) {
        ConsoleDatabase.quietLogs();
        System.exit(run(arguments, System.getenv(), System.out, System.err));
    }

    static int run(
            String[] arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
        boolean passages = List.of(arguments).contains("--passages");
        List<Path> files = new ArrayList<>();
        for (String argument : arguments) {
            if (!argument.equals("--passages")) {
                files.add(Path.of(argument));
            }
        }
        if (files.isEmpty() || files.stream().anyMatch(file -> file.toString().startsWith("-"))) {
            err.println(USAGE);
            return 2;
        }
        try {
            return parse(files, passages, settings(environment), out, err);
        } catch (IOException e) {
            err.println("The parser could not work: " + e);
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 130;
        }
    }

    private static int parse(
            List<Path> files,
            boolean passages,
            StageSettings settings,
            PrintStream out,
            PrintStream err)
            throws IOException, InterruptedException {
        Path temp = Files.createTempDirectory("zhiwen-parse");
        int unread = 0;
        try (WorkerPool parser = new WorkerPool(settings.parse().settings(), temp)) {
            for (Path file : files) {
                try {
                    print(file, passages, settings, parser, out);
                } catch (UnreadableDocument e) {
                    unread++;
                    err.println(file + " cannot be read: " + e.reason() + " " + e.detail());
                } catch (IOException e) {
                    unread++;
                    err.println(file + " cannot be opened: " + e);
                }
            }
        } finally {
            FileSystemUtils.deleteRecursively(temp);
        }
        return unread == 0 ? 0 : 1;
    }

    private static void print(
            Path file, boolean passages, StageSettings settings, WorkerPool parser, PrintStream out)
            throws IOException, InterruptedException, UnreadableDocument {
        String name = String.valueOf(file.getFileName());
        long start = System.nanoTime();
        ParsedDocument parsed =
                parser.parse(new SourceFile(name, UNHASHED, Files.size(file), file));
        CleanDocument clean = Cleaner.clean(parsed);
        long millis = (System.nanoTime() - start) / 1_000_000;
        out.print(Understood.markdown(name, parsed, clean));
        if (passages) {
            Encoders bundled = BundledEncoders.open();
            try (Encoder chinese = bundled.chinese();
                    Encoder english = bundled.english()) {
                Encoders encoders = new Encoders(chinese, english);
                Chunker chunker =
                        new Chunker(
                                settings.chunk().settings(),
                                (language, text) -> encoders.of(language).countTokens(text));
                out.print(Understood.markdown(chunker.chunk(clean)));
            }
        }
        out.printf("%n<!-- understood in %d ms -->%n", millis);
    }

    private static StageSettings settings(Map<String, String> environment) {
        MutablePropertySources sources = new MutablePropertySources();
        sources.addLast(
                new SystemEnvironmentPropertySource(
                        "systemEnvironment", Map.<String, Object>copyOf(environment)));
        return new Binder(ConfigurationPropertySources.from(sources))
                .bindOrCreate("zhiwen", StageSettings.class);
    }
}
