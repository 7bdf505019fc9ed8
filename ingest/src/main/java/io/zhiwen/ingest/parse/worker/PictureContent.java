package io.zhiwen.ingest.parse.worker;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/// Where the bytes of a picture come from; each call begins anew.
sealed interface PictureContent {

    InputStream bytes() throws IOException;

    ImageInputStream pixels() throws IOException;

    record OfFile(Path file) implements PictureContent {
        @Override
        public InputStream bytes() throws IOException {
            return Files.newInputStream(file);
        }

        @Override
        public ImageInputStream pixels() throws IOException {
            return new FileImageInputStream(file.toFile());
        }
    }

    record OfBytes(byte[] all) implements PictureContent {
        @Override
        public InputStream bytes() {
            return new ByteArrayInputStream(all);
        }

        @Override
        public ImageInputStream pixels() {
            return new MemoryCacheImageInputStream(bytes());
        }
    }
}
