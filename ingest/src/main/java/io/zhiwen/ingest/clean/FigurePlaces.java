package io.zhiwen.ingest.clean;

import io.zhiwen.ingest.parse.Block;
import io.zhiwen.ingest.parse.Figure;
import io.zhiwen.ingest.parse.ParsedDocument;
import io.zhiwen.ingest.parse.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Where the figures of a document stand in its clean text, and what they show in words.
public final class FigurePlaces {

    /// Where a figure stands.
    ///
    /// @param figure as it was found
    /// @param place it stands behind so many characters of the clean text
    /// @param alt what it shows: what its file says, else its caption; on one line, may be empty
    public record Place(Figure figure, int place, String alt) {}

    private static final int LONGEST_ALT = 300;

    /// What some programs put where a description belongs.
    private static final Pattern FILE_NAME =
            Pattern.compile("(?i).*\\.(?:png|jpe?g|gif|bmp|webp|tiff?|emf|wmf|svg)");

    /// How captions begin, and what stands for a figure in the text.
    private static final Pattern CAPTION =
            Pattern.compile(
                    "(?i)(?:fig(?:ure|\\.)?|chart|diagram|illustration|screenshot|photo)\\s*[\\dA-Z]{1,3}\\b.*"
                            + "|(?:图|圖|图表|圖表|插图|插圖|附图|附圖)\\s*[\\d一二三四五六七八九十].*"
                            + "|【图，由模型描述】.*|\\[Figure, described by a model\\].*");

    private FigurePlaces() {}

    /// Those of the document, in its order. What the cleaner leaves out moves none of them behind
    /// what they stood before.
    public static List<Place> of(ParsedDocument document, CleanDocument clean) {
        if (document.figures().isEmpty()) {
            return List.of();
        }
        List<Place> places = new ArrayList<>();
        List<Block> parsed = document.blocks();
        List<Block> blocks = clean.blocks();
        List<Span> spans = clean.spans();
        List<Figure> waiting = new ArrayList<>(document.figures());
        int kept = 0;
        for (int read = 0; read <= parsed.size(); read++) {
            while (!waiting.isEmpty()
                    && (waiting.getFirst().after() <= read || read == parsed.size())) {
                Figure figure = waiting.removeFirst();
                int place = kept == 0 ? 0 : spans.get(kept - 1).end();
                places.add(new Place(figure, place, alt(figure, blocks, kept)));
            }
            if (read < parsed.size()
                    && kept < blocks.size()
                    && isSame(Cleaner.clean(parsed.get(read)), blocks.get(kept))) {
                kept++;
            }
        }
        return places;
    }

    private static boolean isSame(Block one, Block other) {
        return one.kind() == other.kind() && one.text().equals(other.text());
    }

    /// @param behind how many blocks stand before it
    private static String alt(Figure figure, List<Block> blocks, int behind) {
        String said = line(figure.alt());
        if (!said.isEmpty() && !FILE_NAME.matcher(said).matches()) {
            return said;
        }
        for (int i : new int[] {behind, behind - 1}) {
            String text = i < 0 || i >= blocks.size() ? "" : line(blocks.get(i).text());
            if (CAPTION.matcher(text).matches()) {
                return text;
            }
        }
        return "";
    }

    private static String line(String text) {
        String line = Cleaner.oneLine(text).strip();
        int end = Math.min(LONGEST_ALT, line.length());
        boolean halved = end < line.length() && Character.isHighSurrogate(line.charAt(end - 1));
        return line.substring(0, halved ? end - 1 : end);
    }
}
