package io.zhiwen.ingest.parse.worker;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.exif.ExifIFD0Directory;
import io.zhiwen.ingest.parse.UnreadableDocument.Reason;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/// A file that is a picture, or several as TIFF holds them. Its size is looked at before anything
/// is decoded, and only as many of its pixels are as help to read it.
final class PictureFile implements AutoCloseable {

    /// What a picture of more has to say, is no text; or it is a bomb.
    private static final double MOST_PIXELS = 250e6;

    /// Letters on a smaller picture, as of a screen, are too small to be read well.
    private static final double SMALL = 2e6;

    /// Four times what a screen shows.
    private static final double MOST_PLAIN = 8e6;

    private static final int MOST_FRAMES = 10_000;

    private final ImageInputStream in;
    private final ImageReader reader;
    private final int orientation;

    private PictureFile(ImageInputStream in, ImageReader reader, int orientation) {
        this.in = in;
        this.reader = reader;
        this.orientation = orientation;
        reader.setInput(in, false, true);
    }

    /// @throws Refused when nobody knows how to decode it
    static PictureFile open(PictureContent content) throws IOException {
        int orientation = orientation(content);
        ImageInputStream in = content.pixels();
        Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
        if (!readers.hasNext()) {
            in.close();
            throw new Refused(Reason.PICTURE_FORMAT, "no decoder for this picture");
        }
        return new PictureFile(in, readers.next(), orientation);
    }

    /// How many pages; of something that moves only the first picture counts.
    int frames() throws IOException {
        boolean single = !reader.getFormatName().toLowerCase(Locale.ROOT).contains("tif");
        int frames = single ? 1 : reader.getNumImages(true);
        if (frames > MOST_FRAMES) {
            throw new Refused(Reason.TOO_LARGE, frames + " pages");
        }
        return frames;
    }

    int width(int frame) throws IOException {
        return reader.getWidth(frame);
    }

    int height(int frame) throws IOException {
        return reader.getHeight(frame);
    }

    /// The picture as it is shown, on white.
    ///
    /// @param frame from 0
    /// @throws Refused when it is too large to be decoded
    BufferedImage grey(int frame) throws IOException {
        return shown(frame, BufferedImage.TYPE_BYTE_GRAY);
    }

    /// The same in its colours.
    BufferedImage coloured(int frame) throws IOException {
        return shown(frame, BufferedImage.TYPE_INT_RGB);
    }

    /// The same, no larger than it is.
    BufferedImage plain(int frame) throws IOException {
        return shown(decoded(frame, MOST_PLAIN), orientation, BufferedImage.TYPE_INT_RGB, 1);
    }

    /// Whether it comes as a photo does.
    boolean isPhoto() throws IOException {
        return reader.getFormatName().toLowerCase(Locale.ROOT).matches("jpe?g");
    }

    private BufferedImage shown(int frame, int type) throws IOException {
        BufferedImage decoded = decoded(frame, Ocr.MOST_PIXELS);
        int zoom = (double) decoded.getWidth() * decoded.getHeight() < SMALL ? 2 : 1;
        return shown(decoded, frame == 0 ? orientation : 1, type, zoom);
    }

    /// @param most pixels; of a larger one every second is left out, or more
    private BufferedImage decoded(int frame, double most) throws IOException {
        double pixels = (double) width(frame) * height(frame);
        if (pixels > MOST_PIXELS) {
            throw new Refused(Reason.TOO_LARGE, width(frame) + " x " + height(frame) + " pixels");
        }
        int step = (int) Math.ceil(Math.sqrt(pixels / most));
        ImageReadParam parameters = reader.getDefaultReadParam();
        if (step > 1) {
            parameters.setSourceSubsampling(step, step, 0, 0);
        }
        return reader.read(frame, parameters);
    }

    private static BufferedImage shown(BufferedImage decoded, int orientation, int type, int zoom) {
        int width = decoded.getWidth();
        int height = decoded.getHeight();
        boolean lies = orientation >= 5;
        BufferedImage shown =
                new BufferedImage(
                        zoom * (lies ? height : width), zoom * (lies ? width : height), type);
        Graphics2D graphics = shown.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, shown.getWidth(), shown.getHeight());
        graphics.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.scale(zoom, zoom);
        graphics.drawImage(decoded, upright(orientation, width, height), null);
        graphics.dispose();
        return shown;
    }

    /// What turns a picture as EXIF says it is to be turned, 1 to 8.
    private static AffineTransform upright(int orientation, int width, int height) {
        return switch (orientation) {
            case 2 -> new AffineTransform(-1, 0, 0, 1, width, 0);
            case 3 -> new AffineTransform(-1, 0, 0, -1, width, height);
            case 4 -> new AffineTransform(1, 0, 0, -1, 0, height);
            case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
            case 6 -> new AffineTransform(0, 1, -1, 0, height, 0);
            case 7 -> new AffineTransform(0, -1, -1, 0, height, width);
            case 8 -> new AffineTransform(0, -1, 1, 0, 0, width);
            default -> new AffineTransform();
        };
    }

    private static int orientation(PictureContent content) {
        try (InputStream bytes = content.bytes()) {
            var metadata = ImageMetadataReader.readMetadata(bytes);
            var exif = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
            Integer said = exif == null ? null : exif.getInteger(ExifIFD0Directory.TAG_ORIENTATION);
            return said == null || said < 1 || said > 8 ? 1 : said;
        } catch (ImageProcessingException | IOException e) {
            return 1; // says nothing about how it is to be held
        }
    }

    @Override
    public void close() throws IOException {
        reader.dispose();
        in.close();
    }
}
