package io.zhiwen.ingest.parse.worker;

import io.zhiwen.ingest.parse.ScannedPage.Line;
import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// What OCR read on a page.
///
/// @param columns its blocks in reading order, each a list of lines
/// @param confidence the mean of its words, weighted by their length, 0 to 100
/// @param characters how many
/// @param lines where they stand
record OcrText(List<List<PdfRow>> columns, int confidence, int characters, List<Line> lines) {

    static final OcrText NOTHING = new OcrText(List.of(), 0, 0, List.of());

    /// A Latin word OCR is less sure of is a stain; a Chinese one is a sign of rare shape.
    private static final float SUREST_STAIN = 25;

    /// Fewer lines that begin with such a mark mean what they say.
    private static final int FEWEST_BULLETS = 3;

    private static final Pattern TABS = Pattern.compile("\t");

    private record Word(
            int block,
            int line,
            float left,
            float top,
            float width,
            float height,
            float lineHeight,
            String text) {

        private Word as(String other) {
            return new Word(block, line, left, top, width, height, lineHeight, other);
        }
    }

    /// @param tsv as Tesseract writes it: level, page, block, paragraph, line, word, left, top,
    /// width, height, confidence, text
    /// @param scale points a pixel
    static OcrText of(String tsv, float scale) {
        List<Word> words = new ArrayList<>();
        double sure = 0;
        int characters = 0;
        float lineHeight = 0;
        float wide = 1;
        float high = 1;
        for (String row : tsv.lines().skip(1).toList()) {
            String[] cells = TABS.split(row, 12);
            if (cells.length >= 10 && cells[0].equals("1")) {
                wide = Float.parseFloat(cells[8]) * scale;
                high = Float.parseFloat(cells[9]) * scale;
            }
            if (cells.length >= 10 && cells[0].equals("4")) {
                lineHeight = Float.parseFloat(cells[9]) * scale;
            }
            if (cells.length < 12 || !cells[0].equals("5") || cells[11].isBlank()) {
                continue;
            }
            float confidence = Float.parseFloat(cells[10]);
            String text = cells[11].strip();
            if (confidence >= (PdfRun.isWide(text.charAt(0)) ? 0 : SUREST_STAIN)) {
                sure += confidence * text.length();
                characters += text.length();
                words.add(word(cells, text, lineHeight, scale));
            }
        }
        if (words.isEmpty()) {
            return NOTHING;
        }
        int confidence = (int) Math.round(sure / characters);
        List<Word> read = withBullets(words);
        return new OcrText(columns(read), confidence, characters, lines(read, wide, high));
    }

    /// The first words of lines that begin with marks standing for bullets are these.
    private static List<Word> withBullets(List<Word> words) {
        List<Word> read = new ArrayList<>(words);
        List<Integer> marks = new ArrayList<>();
        for (int i = 0; i < words.size(); ) {
            int end = endOfLine(words, i);
            if (end > i + 1 && OcrLine.isMark(words.get(i).text(), words.get(i + 1).text())) {
                marks.add(i);
            }
            i = end;
        }
        if (marks.size() >= FEWEST_BULLETS) {
            marks.forEach(at -> read.set(at, words.get(at).as("•")));
        }
        return read;
    }

    /// The same of a picture that was turned clockwise by so many degrees to be read.
    OcrText readTurned(int degrees) {
        return degrees == 0
                ? this
                : new OcrText(
                        columns,
                        confidence,
                        characters,
                        lines.stream().map(line -> line.turned(-degrees)).toList());
    }

    /// How many of its letters are Latin ones; 1 where there are none at all.
    double latinShare() {
        long letters = 0;
        long latin = 0;
        for (Line line : lines) {
            letters += line.text().codePoints().filter(Character::isLetter).count();
            latin += line.text().codePoints().filter(OcrText::isLatin).count();
        }
        return letters == 0 ? 1 : (double) latin / letters;
    }

    private static boolean isLatin(int c) {
        return Character.isLetter(c) && UnicodeScript.of(c) == UnicodeScript.LATIN;
    }

    private static List<Line> lines(List<Word> words, float wide, float high) {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < words.size(); ) {
            int end = endOfLine(words, i);
            List<Word> line = words.subList(i, end);
            double left = line.stream().mapToDouble(Word::left).min().orElse(0);
            double top = line.stream().mapToDouble(Word::top).min().orElse(0);
            double right =
                    line.stream().mapToDouble(word -> word.left() + word.width()).max().orElse(0);
            double bottom =
                    line.stream().mapToDouble(word -> word.top() + word.height()).max().orElse(0);
            String text = OcrLine.mended(String.join(" ", line.stream().map(Word::text).toList()));
            lines.add(Line.of(text, left / wide, top / high, right / wide, bottom / high));
            i = end;
        }
        return lines;
    }

    private static int endOfLine(List<Word> words, int first) {
        int end = first + 1;
        while (end < words.size() && onOneLine(words.get(first), words.get(end))) {
            end++;
        }
        return end;
    }

    private static Word word(String[] cells, String text, float lineHeight, float scale) {
        int line = Integer.parseInt(cells[3]) * 10_000 + Integer.parseInt(cells[4]);
        return new Word(
                Integer.parseInt(cells[2]),
                line,
                Float.parseFloat(cells[6]) * scale,
                Float.parseFloat(cells[7]) * scale,
                Float.parseFloat(cells[8]) * scale,
                Float.parseFloat(cells[9]) * scale,
                lineHeight,
                text);
    }

    private static List<List<PdfRow>> columns(List<Word> words) {
        float body = median(words.stream().map(Word::lineHeight).toList());
        List<List<PdfRow>> columns = new ArrayList<>();
        List<PdfRow> column = new ArrayList<>();
        for (int i = 0; i < words.size(); ) {
            int end = endOfLine(words, i);
            if (i > 0 && words.get(i).block() != words.get(i - 1).block()) {
                columns.add(column);
                column = new ArrayList<>();
            }
            column.add(row(words.subList(i, end), body));
            i = end;
        }
        columns.add(column);
        return columns;
    }

    private static boolean onOneLine(Word a, Word b) {
        return a.block() == b.block() && a.line() == b.line();
    }

    /// One run: gaps in a scan are no cells. Letters are as large as the body's unless much larger.
    private static PdfRow row(List<Word> words, float body) {
        Word first = words.getFirst();
        float letters = median(words.stream().map(Word::height).toList());
        float height = Math.min(first.lineHeight(), 1.5f * letters); // one tall stain is no size
        float size = height > 0.6f * body && height < 1.5f * body ? body : height;
        float y = median(words.stream().map(word -> word.top() + word.height()).toList());
        PdfRun run = new PdfRun(first.left(), y, Math.max(1, size));
        for (Word word : words) {
            run.add(" ", word.left(), 0, size, false);
            run.add(word.text(), word.left(), word.width(), size, false);
        }
        PdfRun mended = new PdfRun(run.left(), y, Math.max(1, size));
        mended.add(OcrLine.mended(run.text()), run.left(), run.right() - run.left(), size, false);
        return new PdfRow(List.of(mended));
    }

    private static float median(List<Float> values) {
        List<Float> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }
}
