package io.zhiwen.library;

/// What a document is called after its file. Data only: no path is ever made of it.
final class FileNames {

    private static final int LONGEST = 255;

    private FileNames() {}

    /// The last part of `given`, on one line, without characters that turn the text around.
    static String clean(String given) {
        String last =
                given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1);
        String visible =
                last.codePoints()
                        .filter(c -> !isHidden(c))
                        .limit(LONGEST)
                        .collect(
                                StringBuilder::new,
                                StringBuilder::appendCodePoint,
                                StringBuilder::append)
                        .toString()
                        .strip();
        return visible.isEmpty() ? "unnamed" : visible;
    }

    private static boolean isHidden(int c) {
        return Character.isISOControl(c)
                || Character.getType(c) == Character.FORMAT
                || Character.getType(c) == Character.SURROGATE
                || Character.getType(c) == Character.LINE_SEPARATOR
                || Character.getType(c) == Character.PARAGRAPH_SEPARATOR;
    }
}
