package io.zhiwen.ingest.parse.worker;

import io.zhiwen.ingest.parse.Picture;
import io.zhiwen.ingest.parse.Picture.Use;
import io.zhiwen.ingest.parse.PictureSettings;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/// Keeps pictures of a document for a vision model, as small as such models look at them.
final class KeptPictures {

    /// A picture, decoded only when it is kept.
    interface Source {
        BufferedImage picture() throws IOException;
    }

    /// Of the longer side; more makes no letter of a page clearer to a model.
    private static final int LONGEST = 2000;

    /// At most so many bytes of one go to the server process.
    private static final int LARGEST = 4 << 20;

    private final PictureSettings settings;
    private final String document = "figure-" + UUID.randomUUID() + "-";
    private int kept;

    KeptPictures(PictureSettings settings) {
        this.settings = settings;
    }

    boolean has(Use use) {
        return settings.uses().contains(use) && kept < settings.most();
    }

    /// @return null where it is not wanted, or cannot be written
    @Nullable Picture keep(Use use, @Nullable Integer page, Source source) throws IOException {
        if (!has(use)) {
            return null;
        }
        var jpeg = new ByteArrayOutputStream();
        if (!ImageIO.write(small(source.picture()), "jpeg", jpeg) || jpeg.size() > LARGEST) {
            return null;
        }
        kept++;
        String mark = use == Use.FIGURES ? document + kept + ";" : "";
        return new Picture(use, page, mark, jpeg.toByteArray());
    }

    private static BufferedImage small(BufferedImage picture) {
        double factor =
                Math.min(1, (double) LONGEST / Math.max(picture.getWidth(), picture.getHeight()));
        int width = Math.max(1, (int) (factor * picture.getWidth()));
        int height = Math.max(1, (int) (factor * picture.getHeight()));
        boolean grey = picture.getType() == BufferedImage.TYPE_BYTE_GRAY;
        BufferedImage small =
                new BufferedImage(
                        width,
                        height,
                        grey ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
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
