package io.zhiwen.ingest.parse.worker;

import io.zhiwen.ingest.parse.Part;
import io.zhiwen.ingest.parse.UnpackSettings;
import io.zhiwen.ingest.parse.UnreadableDocument.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Takes the files inside of a file out into a folder, where the n-th is called n; whatever they
/// are called inside is data, never a path. What grows beyond the limits is refused while it does.
final class Parts {

    /// More than this out of fewer bytes is a bomb, not a text that packs well.
    static final int HIGHEST_RATIO = 150;

    private static final long HARMLESS = 4L << 20;
    private static final int LONGEST_NAME = 400;
    private static final int LONGEST_FILE_NAME = 200;

    private final Path folder;
    private final UnpackSettings limits;
    private final List<Part> parts = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private long written;

    Parts(Path folder, UnpackSettings limits) {
        this.folder = folder;
        this.limits = limits;
    }

    /// @param packed bytes it takes inside, to tell a bomb; a negative number when nobody knows
    void add(String name, InputStream content, long packed) throws IOException {
        String safe = unique(name);
        Path file = folder.resolve(String.valueOf(parts.size()));
        Files.createDirectories(folder);
        long bytes = 0;
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] buffer = new byte[64 * 1024];
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                bytes += read;
                written += read;
                boolean bomb = packed >= 0 && bytes > HARMLESS && bytes / HIGHEST_RATIO > packed;
                if (bomb || written > limits.mostBytes()) {
                    throw new Refused(Reason.TOO_LARGE, safe + " unpacks to more than it seems");
                }
                out.write(buffer, 0, read);
            }
        }
        keep(new Part(safe, bytes, null));
    }

    /// One that stays inside.
    void refuse(String name, Reason reason) {
        keep(new Part(unique(name), 0, reason));
    }

    List<Part> all() {
        return List.copyOf(parts);
    }

    private void keep(Part part) {
        if (parts.size() >= limits.mostFiles()) {
            throw new Refused(Reason.TOO_LARGE, "more than " + limits.mostFiles() + " files");
        }
        parts.add(part);
    }

    /// Two files of one name exist, and more of those that differ in what nobody sees.
    private String unique(String name) {
        String safe = safe(name);
        int dot = safe.lastIndexOf('.');
        int cut = dot > safe.lastIndexOf('/') + 1 ? dot : safe.length();
        String free = safe;
        for (int n = 2; !names.add(free.toLowerCase(Locale.ROOT)); n++) {
            free = safe.substring(0, cut) + " (" + n + ")" + safe.substring(cut);
        }
        return free;
    }

    /// Relative, without steps upwards, on one line, without characters that nobody sees.
    static String safe(String name) {
        List<String> steps = new ArrayList<>();
        for (String step : name.replace('\\', '/').split("/", -1)) {
            StringBuilder visible = new StringBuilder();
            step.codePoints().filter(Parts::isVisible).forEach(visible::appendCodePoint);
            String text = shortened(visible.toString().strip(), LONGEST_FILE_NAME).strip();
            boolean leads = text.chars().allMatch(c -> c == '.') || text.matches("[A-Za-z]:");
            if (!leads) {
                steps.add(text);
            }
        }
        if (steps.isEmpty()) {
            return "unnamed";
        }
        String path = String.join("/", steps);
        return path.length() <= LONGEST_NAME ? path : steps.getLast();
    }

    private static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            default -> true;
        };
    }

    /// Keeps the end, where the extension is.
    private static String shortened(String text, int most) {
        int from = text.length() - most;
        if (from <= 0) {
            return text;
        }
        return text.substring(Character.isLowSurrogate(text.charAt(from)) ? from + 1 : from);
    }
}
