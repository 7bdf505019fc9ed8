package io.zhiwen.transfer;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What an export holds; its last entry, so that a file without it is known to be cut off.
///
/// @param blobs number of originals; each is an entry named by its own SHA-256
/// @param blobBytes of all of them
/// @param blobNames SHA-256 of their names in order, each with a line feed
/// @param gaps originals that could not be read when the export was made
record Manifest(
        Header header,
        List<Table> tables,
        long blobs,
        long blobBytes,
        String blobNames,
        List<Gap> gaps) {

    /// Raised when an older Zhiwen could not read the file any more.
    static final int FORMAT = 1;

    /// The first entry, which says whether the rest can be read here.
    ///
    /// @param id of this export
    /// @param schema version of the newest migration
    /// @param product version of Zhiwen
    /// @param base null for a whole installation
    record Header(
            int format, UUID id, String schema, String product, String made, @Nullable Base base) {}

    record Base(UUID id, String name) {}

    /// @param columns in the order of the rows' values
    record Table(String name, List<String> columns, List<Part> parts) {

        long rows() {
            return parts.stream().mapToLong(Part::rows).sum();
        }
    }

    /// @param entry its name in the file
    record Part(String entry, long rows, long bytes, String sha256) {}

    record Gap(String sha256, String reason) {}

    boolean has(String name) {
        return tables.stream().anyMatch(table -> table.name().equals(name));
    }

    Table table(String name) {
        return tables.stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new TransferRefused("The export has no table " + name + "."));
    }
}
