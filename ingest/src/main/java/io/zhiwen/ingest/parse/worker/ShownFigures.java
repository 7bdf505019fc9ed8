package io.zhiwen.ingest.parse.worker;

import io.zhiwen.ingest.parse.Figure;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/// Keeps figures for readers to see, the n-th as a file called n: their pixels and nothing else of
/// their files, no larger than a screen shows them.
final class ShownFigures {

    /// Of the longer side.
    private static final int LONGEST = 1600;

    /// Drawings are sharper as PNG; what takes more than this is a photo.
    private static final int LARGEST_PNG = 1 << 20;

    /// Bytes of all figures of a document.
    private static final long MOST_BYTES = 32L << 20;

    private final Path folder;
    private final List<Figure> figures = new ArrayList<>();
    private long bytes;

    ShownFigures(Path folder) {
        this.folder = folder;
    }

    /// @param after how many blocks stand before it
    /// @return false when there are too many, or it is too large
    /// @throws IOException when it cannot be decoded
    boolean keep(PictureFile file, int after, @Nullable Integer page, String alt)
            throws IOException {
        if (figures.size() >= Figure.MOST) {
            return false;
        }
        BufferedImage picture = scaled(file.plain(0));
        byte[] png = file.isPhoto() ? null : encoded(picture, "png");
        byte[] kept = png == null || png.length > LARGEST_PNG ? encoded(picture, "jpeg") : png;
        boolean drawing = kept == png;
        if (kept.length > Figure.LARGEST || bytes + kept.length > MOST_BYTES) {
            return false;
        }
        Files.createDirectories(folder);
        Files.write(folder.resolve(String.valueOf(figures.size())), kept);
        bytes += kept.length;
        figures.add(
                new Figure(
                        after,
                        page,
                        Blocks.wellFormed(alt),
                        drawing ? "image/png" : "image/jpeg",
                        picture.getWidth(),
                        picture.getHeight()));
        return true;
    }

    List<Figure> all() {
        return List.copyOf(figures);
    }

    private static byte[] encoded(BufferedImage picture, String format) throws IOException {
        var bytes = new ByteArrayOutputStream();
        if (!ImageIO.write(picture, format, bytes)) {
            throw new IOException("nothing writes " + format);
        }
        return bytes.toByteArray();
    }

    private static BufferedImage scaled(BufferedImage picture) {
        double factor = (double) LONGEST / Math.max(picture.getWidth(), picture.getHeight());
        if (factor >= 1) {
            return picture;
        }
        int width = Math.max(1, (int) (factor * picture.getWidth()));
        int height = Math.max(1, (int) (factor * picture.getHeight()));
        BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = small.createGraphics();
        graphics.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, width, height);
        graphics.drawImage(picture, 0, 0, width, height, null);
        graphics.dispose();
        return small;
    }
}
