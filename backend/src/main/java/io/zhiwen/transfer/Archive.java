package io.zhiwen.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// An export that was read from end to end and is what it says it is.
///
/// @param path of its file
record Archive(Path path, Manifest manifest) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String BLOBS = "blobs/";

    /// @param schema the newest schema version this product knows
    /// @throws TransferRefused naming the entry that is not as it was written, or why the file is
    /// none for this product
    static Archive verified(Path path, String schema) throws IOException {
        if (!Files.isRegularFile(path)) {
            throw new TransferRefused("There is no file " + path + ".");
        }
        return new Archive(path, new Reading(path, schema).read());
    }

    /// Takes the entries of an export in their order.
    interface Visitor {

        void table(String entry, InputStream rows) throws IOException;

        void blob(String sha256, InputStream bytes) throws IOException;
    }

    void visit(Visitor visitor) throws IOException {
        try (var zip = new ZipInputStream(Files.newInputStream(path))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                String name = entry.getName();
                if (name.startsWith(BLOBS)) {
                    visitor.blob(name.substring(BLOBS.length()), zip);
                } else if (name.startsWith("tables/")) {
                    visitor.table(name, zip);
                }
            }
        }
    }

    /// The check of a file before anything is done with it.
    private static final class Reading {

        private final Path path;
        private final String schema;
        private final Map<String, String> tables = new HashMap<>();
        private final MessageDigest names = Digests.sha256();
        private long blobs;
        private Manifest.@Nullable Header header;
        private @Nullable Manifest manifest;

        Reading(Path path, String schema) {
            this.path = path;
            this.schema = schema;
        }

        Manifest read() throws IOException {
            String at = "its beginning";
            try (var zip = new ZipInputStream(Files.newInputStream(path))) {
                for (ZipEntry entry = zip.getNextEntry();
                        entry != null;
                        entry = zip.getNextEntry()) {
                    at = entry.getName();
                    read(at, zip);
                }
            } catch (EOFException e) {
                throw new TransferRefused(path + " is cut off in " + at + "; copy it again.");
            } catch (ZipException | JacksonException e) {
                throw new TransferRefused(
                        path + " is damaged in " + at + " (" + e.getMessage() + ").");
            }
            return checked();
        }

        private void read(String entry, ZipInputStream zip) throws IOException {
            if (entry.equals("zhiwen.json")) {
                header = JSON.readValue(text(zip), Manifest.Header.class);
                requireReadable(header);
            } else if (entry.equals("manifest.json")) {
                manifest = JSON.readValue(text(zip), Manifest.class);
            } else {
                String sha256 = digest(zip);
                if (entry.startsWith(BLOBS)) {
                    requireSame(entry, entry.substring(BLOBS.length()), sha256);
                    names.update((sha256 + "\n").getBytes(UTF_8));
                    blobs++;
                } else {
                    tables.put(entry, sha256);
                }
            }
        }

        private void requireReadable(Manifest.Header found) {
            if (found.format() > Manifest.FORMAT || found.schema().compareTo(schema) > 0) {
                throw new TransferRefused(
                        "The export was made by a newer Zhiwen (%s, schema %s; this one knows %s). Update this one first."
                                .formatted(found.product(), found.schema(), schema));
            }
        }

        private Manifest checked() {
            if (header == null) {
                throw new TransferRefused(path + " is no export of Zhiwen.");
            }
            Manifest found = manifest;
            if (found == null) {
                throw new TransferRefused(path + " is cut off: its end is missing. Copy it again.");
            }
            if (!header.equals(found.header())) {
                throw new TransferRefused(path + " is damaged in zhiwen.json.");
            }
            for (Manifest.Table table : found.tables()) {
                for (Manifest.Part part : table.parts()) {
                    requireSame(part.entry(), part.sha256(), tables.remove(part.entry()));
                }
            }
            if (!tables.isEmpty()) {
                throw new TransferRefused(
                        "%s holds what its manifest does not name: %s."
                                .formatted(path, tables.keySet()));
            }
            if (blobs != found.blobs()
                    || !HexFormat.of().formatHex(names.digest()).equals(found.blobNames())) {
                throw new TransferRefused(
                        "%s holds other originals than its manifest says (%d, not %d)."
                                .formatted(path, blobs, found.blobs()));
            }
            return found;
        }

        private void requireSame(String entry, String expected, @Nullable String found) {
            if (found == null) {
                throw new TransferRefused(path + " lacks " + entry + ".");
            }
            if (!expected.equals(found)) {
                throw new TransferRefused(
                        path + " was changed or damaged in " + entry + "; nothing was imported.");
            }
        }

        private static String text(InputStream in) throws IOException {
            return new String(in.readAllBytes(), UTF_8);
        }

        private static String digest(InputStream in) throws IOException {
            MessageDigest digest = Digests.sha256();
            in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
            return HexFormat.of().formatHex(digest.digest());
        }
    }
}
