package io.zhiwen.ingest.parse.worker;

import io.zhiwen.ingest.parse.UnreadableDocument.Reason;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/// What stands on a page of an OFD file: its characters as runs, straight lines, and pictures.
final class OfdMarks {

    private static final float[] UNTURNED = {1, 0, 0, 1, 0, 0};
    private static final int MOST_ON_A_PAGE = 500_000;

    private final float scale;
    private final List<PdfRun> runs = new ArrayList<>();
    private final List<Rules.Rule> level = new ArrayList<>();
    private final List<Rules.Rule> upright = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private int characters;
    private double largest;
    private @Nullable Element picture;

    /// @param scale points in a unit of the file
    OfdMarks(float scale) {
        this.scale = scale;
    }

    void add(Element content) {
        for (Element mark : Xml.all(content, "TextObject", "PathObject", "ImageObject")) {
            if (mark.attr("Visible").equals("false")) {
                continue;
            }
            float[] box = OfdPages.numbers(mark.attr("Boundary"), 4, new float[4]);
            float[] turn = OfdPages.numbers(mark.attr("CTM"), 6, UNTURNED);
            switch (Xml.name(mark)) {
                case "TextObject" -> text(mark, box, turn);
                case "PathObject" -> path(mark, box, turn);
                default -> picture(mark, box);
            }
        }
    }

    private void picture(Element mark, float[] box) {
        double area = (double) box[2] * box[3];
        if (area > largest) {
            largest = area;
            picture = mark;
        }
    }

    private void text(Element mark, float[] box, float[] turn) {
        float size = OfdPages.numbers(mark.attr("Size"), 1, new float[] {4})[0];
        double zoom = Math.sqrt(Math.abs((double) turn[0] * turn[3] - (double) turn[1] * turn[2]));
        float points = (float) Math.max(1, size * zoom * scale);
        boolean bold = OfdPages.numbers(mark.attr("Weight"), 1, new float[] {400})[0] > 500;
        float[] place = {0, 0};
        for (Element code : Xml.children(mark, "TextCode")) {
            String text = code.wholeText();
            place[0] = OfdPages.numbers(code.attr("X"), 1, new float[] {place[0]})[0];
            place[1] = OfdPages.numbers(code.attr("Y"), 1, new float[] {place[1]})[0];
            float x = box[0] + turn[0] * place[0] + turn[2] * place[1] + turn[4];
            float y = box[1] + turn[1] * place[0] + turn[3] * place[1] + turn[5];
            // the same letters in the same place again make them look bold
            if (!text.isBlank() && seen.add(text + ' ' + Math.round(x) + ' ' + Math.round(y))) {
                characters += text.length();
                if (characters > MOST_ON_A_PAGE) {
                    throw new Refused(Reason.TOO_LARGE, "too much on one page");
                }
                line(text, steps(code.attr("DeltaX")), x, y, turn[0], points, bold);
            }
        }
    }

    private void line(
            String text,
            List<Float> steps,
            float x,
            float y,
            float turn,
            float size,
            boolean bold) {
        PdfRun run = null;
        float at = x * scale;
        int letter = 0;
        for (int i = 0; i < text.length(); letter++) {
            int next = text.offsetByCodePoints(i, 1);
            String character = text.substring(i, next);
            float width = PdfRun.isWide(character.charAt(0)) ? size : size / 2;
            if (run == null || at - run.right() > 0.9f * size) {
                run = new PdfRun(at, y * scale, size);
                runs.add(run);
            }
            float step = letter < steps.size() ? steps.get(letter) * Math.abs(turn) * scale : width;
            boolean close = step > 0 && step <= 1.2f * size;
            run.add(character, at, close ? step : width, size, bold);
            at += step;
            i = next;
        }
    }

    /// From each character to the next; `g 3 5` stands for `5 5 5`.
    private static List<Float> steps(String text) {
        List<Float> steps = new ArrayList<>();
        String[] words = text.isBlank() ? new String[0] : text.strip().split("\\s+", -1);
        for (int i = 0; i < words.length && steps.size() < MOST_ON_A_PAGE; i++) {
            boolean repeated = words[i].equals("g") && i + 2 < words.length;
            int times = repeated ? (int) number(words[i + 1]) : 1;
            float step = number(words[repeated ? i + 2 : i]);
            for (int n = 0; n < Math.min(times, 10_000); n++) {
                steps.add(step);
            }
            i += repeated ? 2 : 0;
        }
        return steps;
    }

    private static float number(String word) {
        return OfdPages.numbers(word, 1, new float[1])[0];
    }

    /// Of a path its straight lines, along the page or across it.
    private void path(Element mark, float[] box, float[] turn) {
        String[] words = Xml.text(mark, "AbbreviatedData").split("\\s+", -1);
        float[] from = {0, 0};
        for (int i = 0; i + 2 < words.length; i++) {
            if (words[i].equals("M") || words[i].equals("S") || words[i].equals("L")) {
                float x = number(words[i + 1]);
                float y = number(words[i + 2]);
                float[] to = {
                    (box[0] + turn[0] * x + turn[2] * y + turn[4]) * scale,
                    (box[1] + turn[1] * x + turn[3] * y + turn[5]) * scale
                };
                if (words[i].equals("L")) {
                    rule(from, to);
                }
                from = to;
                i += 2;
            }
        }
    }

    private void rule(float[] from, float[] to) {
        if (level.size() + upright.size() > 20_000) {
            return;
        }
        float wide = Math.abs(from[0] - to[0]);
        float high = Math.abs(from[1] - to[1]);
        if (high < 1 && wide > 3) {
            level.add(new Rules.Rule(from[1], Math.min(from[0], to[0]), Math.max(from[0], to[0])));
        } else if (wide < 1 && high > 3) {
            upright.add(
                    new Rules.Rule(from[0], Math.min(from[1], to[1]), Math.max(from[1], to[1])));
        }
    }

    int characters() {
        return characters;
    }

    List<PdfRun> runs() {
        List<PdfRun> all = new ArrayList<>(runs);
        all.removeIf(PdfRun::isBlank);
        return all;
    }

    Rules rules() {
        return Rules.of(level, upright);
    }

    @Nullable Element largestPicture() {
        return picture;
    }
}
