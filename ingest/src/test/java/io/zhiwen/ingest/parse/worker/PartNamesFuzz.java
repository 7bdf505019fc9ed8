package io.zhiwen.ingest.parse.worker;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;

/// What files inside of archives are called is shown; even if somebody made a path of it, it would
/// not lead out of a folder.
public final class PartNamesFuzz {

    private static final Path FOLDER = Path.of("/a/folder");

    private PartNamesFuzz() {}

    public static void fuzzerTestOneInput(byte[] bytes) {
        String name = new String(bytes, StandardCharsets.UTF_8);
        String safe = Parts.safe(name);
        boolean steps =
                Arrays.stream(safe.split("/", -1))
                        .anyMatch(
                                step ->
                                        step.isBlank()
                                                || step.chars().allMatch(c -> c == '.')
                                                || step.matches("[A-Za-z]:"));
        if (steps || safe.length() > 400 || safe.contains("\\")) {
            throw new AssertionError("not safe: " + safe);
        }
        if (safe.codePoints().anyMatch(c -> Character.isISOControl(c) || c == 0x202E)) {
            throw new AssertionError("not visible: " + safe);
        }
        if (!Parts.safe(safe).equals(safe)) {
            throw new AssertionError("safe twice is something else: " + safe);
        }
        try {
            if (!FOLDER.resolve(safe).normalize().startsWith(FOLDER)) {
                throw new AssertionError("leads out: " + safe);
            }
        } catch (InvalidPathException e) {
            throw new AssertionError("no name of a file: " + safe, e);
        }
    }
}
