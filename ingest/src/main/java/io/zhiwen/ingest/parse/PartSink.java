package io.zhiwen.ingest.parse;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Takes the files inside of a file that was parsed, in the order they stand in it.
@FunctionalInterface
public interface PartSink {

    /// So many pages of a long file are read by now.
    default void read(int pages, int of) {}

    /// Takes the picture of a figure, as they come in the document and behind all files inside.
    ///
    /// @param content its bytes, which are gone when this returns
    default void figure(Figure figure, Path content) throws IOException {}

    /// Nobody wants them.
    PartSink NONE = (_, _) -> {};

    /// @param content its bytes, which are gone when this returns; null for one without bytes
    /// @throws UnreadableDocument when the file around it must not be unpacked
    void take(Part part, @Nullable Path content) throws IOException, UnreadableDocument;
}
