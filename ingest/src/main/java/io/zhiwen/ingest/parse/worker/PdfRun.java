package io.zhiwen.ingest.parse.worker;

import org.jspecify.annotations.Nullable;

/// Characters that stand close together on one line of a page; coordinates in points from the top
/// left, `y` is the base line.
final class PdfRun {

    private final StringBuilder text = new StringBuilder();
    private final float left;
    private final float y;
    private float right;
    private float size;
    private int bold;
    private int characters;
    private boolean space;
    private @Nullable PdfGrid grid;

    PdfRun(float left, float y, float size) {
        this.left = left;
        this.right = left;
        this.y = y;
        this.size = size;
    }

    /// What keeps the place of a ruled table among the runs.
    static PdfRun of(PdfGrid grid) {
        PdfRun run = new PdfRun(grid.xs().length == 0 ? 0 : grid.xs()[0], grid.top() + 1, 10);
        run.grid = grid;
        run.text.append(' ');
        run.right = grid.right();
        return run;
    }

    @Nullable PdfGrid grid() {
        return grid;
    }

    /// @param at where the characters begin
    void add(String characters, float at, float width, float size, boolean bold) {
        if (characters.isBlank()) {
            space = !text.isEmpty();
            return;
        }
        boolean apart = at - right > this.size * gapOfWords(characters);
        if (!text.isEmpty() && (space || apart) && !isBetweenWide(characters, at)) {
            text.append(' ');
        }
        space = false;
        text.append(characters);
        right = Math.max(right, at + width);
        this.size = Math.max(this.size, size);
        this.characters += characters.length();
        this.bold += bold ? characters.length() : 0;
    }

    private float gapOfWords(String characters) {
        return isWide(characters.charAt(0)) || isWide(last()) ? 0.5f : 0.17f;
    }

    /// Chinese is set without spaces; what looks like one is spacing.
    private boolean isBetweenWide(String characters, float at) {
        return isWide(characters.charAt(0)) && isWide(last()) && at - right < size * 0.8f;
    }

    private char last() {
        return text.isEmpty() ? ' ' : text.charAt(text.length() - 1);
    }

    /// Adds a run that follows on the same line.
    void join(PdfRun next) {
        boolean wide = isWide(last()) && isWide(next.text.charAt(0));
        if (next.left - right > size * (wide ? 0.8f : 0.17f)) {
            text.append(' ');
        }
        text.append(next.text);
        right = Math.max(right, next.right);
        size = Math.max(size, next.size);
        characters += next.characters;
        bold += next.bold;
    }

    static boolean isWide(char c) {
        return c >= 0x2E80 && c < 0xFFE0 && !(c >= 0xD800 && c < 0xF900);
    }

    String text() {
        return text.toString();
    }

    boolean isBlank() {
        return text.isEmpty();
    }

    float left() {
        return left;
    }

    float right() {
        return right;
    }

    float y() {
        return y;
    }

    float size() {
        return size;
    }

    int characters() {
        return characters;
    }

    boolean isBold() {
        return bold * 10 >= characters * 9;
    }
}
