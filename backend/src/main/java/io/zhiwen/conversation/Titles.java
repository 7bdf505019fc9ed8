package io.zhiwen.conversation;

/// A title from what somebody typed: one line, at most 60 characters.
final class Titles {

    private static final int LENGTH = 60;

    private Titles() {}

    static String of(String text) {
        String line = text.strip().replaceAll("[\\s\\p{Cntrl}]+", " ");
        if (line.codePointCount(0, line.length()) <= LENGTH) {
            return line;
        }
        String cut = line.substring(0, line.offsetByCodePoints(0, LENGTH - 1));
        int space = cut.lastIndexOf(' ');
        return (space > LENGTH / 2 ? cut.substring(0, space) : cut) + "…";
    }
}
