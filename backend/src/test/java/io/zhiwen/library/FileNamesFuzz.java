package io.zhiwen.library;

import java.nio.charset.StandardCharsets;

/// Whatever an upload calls its file, its document has a name that can be shown on one line.
public final class FileNamesFuzz {

    private static final int LONGEST = 255;

    private FileNamesFuzz() {}

    public static void fuzzerTestOneInput(byte[] bytes) {
        String name = FileNames.clean(new String(bytes, StandardCharsets.UTF_8));
        boolean path = name.contains("/") || name.contains("\\");
        boolean tooLong = name.codePointCount(0, name.length()) > LONGEST;
        if (name.isBlank() || path || tooLong) {
            throw new AssertionError("no name: " + name);
        }
        boolean hidden =
                name.codePoints()
                        .anyMatch(c -> Character.isISOControl(c) || c == 0x202E || c == 0x2028);
        if (hidden || !FileNames.clean(name).equals(name)) {
            throw new AssertionError("not clean: " + name);
        }
    }
}
