package io.zhiwen.source.place;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// Something in a source that becomes a document.
///
/// @param address of it in the source, unlike that of any other; a path with `/` between its parts,
/// or a web address
/// @param name what the document is called, its type at the end
/// @param fingerprint as long as it is the same, the thing is
/// @param link to open the thing by; null when a browser cannot
public record Thing(
        String address, String name, String fingerprint, @Nullable URI link, Content content) {

    /// Its bytes.
    @FunctionalInterface
    public interface Content {

        /// @throws LeftOut when it is not to be brought after all
        InputStream open() throws IOException, InterruptedException;
    }
}
