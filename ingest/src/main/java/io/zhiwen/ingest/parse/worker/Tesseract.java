package io.zhiwen.ingest.parse.worker;

import io.zhiwen.ingest.parse.OcrSettings;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads the text of a picture with the Tesseract program, a process of its own each time with
/// limits on time, memory and output, in the work folder and without this process's environment.
final class Tesseract {

    /// The picture was not read to its end.
    static final class Failed extends Exception {

        private static final long serialVersionUID = 1L;

        Failed(String message) {
            super(message);
        }
    }

    private static final List<String> PLACES =
            List.of("/usr/bin", "/usr/local/bin", "/opt/homebrew/bin", "/opt/local/bin");

    private static final Path LIMITER = Path.of("/usr/bin/prlimit");
    private static final long MEMORY = 2L << 30;
    private static final long OUTPUT = 32L << 20;

    private final String program;
    private final Duration limit;
    private final Path folder;
    private final Set<String> languages = new HashSet<>();

    private Tesseract(String program, Duration limit, Path folder) {
        this.program = program;
        this.limit = limit;
        this.folder = folder;
    }

    /// Tesseract as the settings want it, or null where there is none that runs.
    static @Nullable Tesseract find(OcrSettings settings) throws InterruptedException {
        String program =
                switch (settings.program()) {
                    case "none" -> null;
                    case "auto" ->
                            PLACES.stream()
                                    .map(place -> place + "/tesseract")
                                    .filter(path -> Files.isExecutable(Path.of(path)))
                                    .findFirst()
                                    .orElse(null);
                    default -> settings.program();
                };
        if (program == null) {
            return null;
        }
        Path folder = Path.of(System.getProperty("java.io.tmpdir"));
        Tesseract tesseract = new Tesseract(program, settings.pageTimeLimit(), folder);
        try {
            tesseract
                    .run(List.of("--list-langs"))
                    .lines()
                    .skip(1)
                    .forEach(tesseract.languages::add);
        } catch (Failed e) {
            return null;
        }
        return tesseract.languages.isEmpty() ? null : tesseract;
    }

    boolean knows(String language) {
        return languages.contains(language);
    }

    /// How the picture stands and which script it holds, as lines `Name: value`; empty when there
    /// is too little to tell.
    String orientation(Path picture) throws InterruptedException {
        if (!knows("osd")) {
            return "";
        }
        try {
            return run(List.of(picture.toString(), "stdout", "-l", "osd", "--psm", "0"));
        } catch (Failed e) {
            return "";
        }
    }

    /// The words with their places, as tab-separated lines. The size of the letters is left to be
    /// estimated: what a scan says about its resolution is often wrong, and costs legibility.
    String words(Path picture, String language) throws Failed, InterruptedException {
        return run(
                List.of(
                        picture.toString(),
                        "stdout",
                        "-l",
                        language,
                        "--psm",
                        "3",
                        "-c",
                        "tessedit_create_tsv=1"));
    }

    /// Writes a grey picture as the plainest format there is.
    Path write(BufferedImage grey) throws IOException {
        Path file = Files.createTempFile(folder, "page", ".pgm");
        byte[] pixels = ((DataBufferByte) grey.getRaster().getDataBuffer()).getData();
        String head = "P5\n%d %d\n255\n".formatted(grey.getWidth(), grey.getHeight());
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            out.write(pixels);
        }
        return file;
    }

    private String run(List<String> arguments) throws Failed, InterruptedException {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(LIMITER)) {
            command.addAll(
                    List.of(
                            LIMITER.toString(),
                            "--as=" + MEMORY,
                            "--fsize=" + OUTPUT,
                            "--cpu=" + (limit.toSeconds() + 1),
                            "--core=0"));
        }
        command.add(program);
        command.addAll(arguments);
        try {
            Path out = Files.createTempFile(folder, "words", ".tsv");
            try {
                return run(command, out);
            } finally {
                Files.deleteIfExists(out);
            }
        } catch (IOException e) {
            throw new Failed("it does not run: " + e.getMessage());
        }
    }

    private String run(List<String> command, Path out)
            throws IOException, Failed, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(Redirect.DISCARD)
                        .redirectInput(Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/bin:/bin");
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().put("OMP_THREAD_LIMIT", "1"); // more threads make it slower
        Process process = builder.start();
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new Failed("took longer than " + limit);
            }
        } finally {
            Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                    .forEach(ProcessHandle::destroyForcibly);
        }
        if (process.exitValue() != 0) {
            throw new Failed("ended with " + process.exitValue());
        }
        return Files.size(out) >= OUTPUT ? "" : Files.readString(out);
    }
}
