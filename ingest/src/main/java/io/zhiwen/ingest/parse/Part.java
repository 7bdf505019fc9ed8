package io.zhiwen.ingest.parse;

import io.zhiwen.ingest.parse.UnreadableDocument.Reason;
import org.jspecify.annotations.Nullable;

/// A file inside of another: an entry of an archive, or what is attached to a mail.
///
/// @param name as the file around it calls it, with `/` between folders; relative, on one line and
/// unique in that file
/// @param bytes of it, unpacked; 0 when it could not be taken out
/// @param reason why it could not be taken out, or null when it could
public record Part(String name, long bytes, @Nullable Reason reason) {

    /// The name without the folders before it.
    public String fileName() {
        return name.substring(name.lastIndexOf('/') + 1);
    }
}
