package io.zhiwen.ingest.upload;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256 of streams.
final class Hashing {

    private static final int BUFFER = 64 * 1024;

    private Hashing() {}

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static Sha256 end(MessageDigest digest) {
        return new Sha256(HexFormat.of().formatHex(digest.digest()));
    }

    static Sha256 of(Path file) throws IOException {
        MessageDigest digest = digest();
        try (InputStream in = Files.newInputStream(file)) {
            in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
        }
        return end(digest);
    }

    /// Copies at most `maxBytes`; only failures to write are told as `folder`'s.
    ///
    /// @return how many
    /// @throws UploadTooLarge when there are more
    static long copy(
            InputStream bytes, OutputStream to, MessageDigest digest, long maxBytes, Path folder)
            throws IOException {
        byte[] buffer = new byte[BUFFER];
        long size = 0;
        for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
            size += read;
            if (size > maxBytes) {
                throw new UploadTooLarge(maxBytes);
            }
            digest.update(buffer, 0, read);
            try {
                to.write(buffer, 0, read);
            } catch (IOException e) {
                throw NoRoom.or(e, folder);
            }
        }
        return size;
    }
}
