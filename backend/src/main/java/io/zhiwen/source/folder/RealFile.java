package io.zhiwen.source.folder;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/// Opens a file below a folder, step by step, so that no part of the way can be turned into a link
/// to elsewhere between the look and the reading. Where the platform has no such steps, only the
/// last part is held to be no link.
final class RealFile {

    private static final Set<OpenOption> READ =
            Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

    private RealFile() {}

    static InputStream open(Path root, Path relative) throws IOException {
        try (DirectoryStream<Path> folder = Files.newDirectoryStream(root)) {
            if (folder instanceof SecureDirectoryStream<Path> secure) {
                return below(secure, relative, 0);
            }
        }
        return Files.newInputStream(
                root.resolve(relative), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    }

    private static InputStream below(SecureDirectoryStream<Path> folder, Path relative, int part)
            throws IOException {
        Path name = relative.getName(part);
        if (part == relative.getNameCount() - 1) {
            return Channels.newInputStream(folder.newByteChannel(name, READ));
        }
        try (SecureDirectoryStream<Path> next =
                folder.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
            return below(next, relative, part + 1);
        }
    }
}
