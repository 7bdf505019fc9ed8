package io.zhiwen.ingest.parse.worker;

import java.util.Set;

/// The media types of archives that are taken apart.
final class ArchiveTypes {

    static final String GZIP = "application/gzip";
    static final String BZIP2 = "application/x-bzip2";
    static final String XZ = "application/x-xz";
    static final String SEVEN_ZIP = "application/x-7z-compressed";

    private static final Set<String> TARS =
            Set.of("application/x-tar", "application/x-gtar", GZIP, BZIP2, XZ);

    private ArchiveTypes() {}

    /// Tar, packed or not, and what is packed as tar often is.
    static boolean isTar(String type) {
        return TARS.contains(type);
    }
}
