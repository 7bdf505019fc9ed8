package io.zhiwen.source.place;

import java.io.IOException;

/// A place outside that documents come from, opened for one look at it. Used by one thread.
public interface Source extends AutoCloseable {

    /// Tells `look` of everything there is. When it returns, whatever was not told of is not there
    /// any more, unless the look was told that it is incomplete.
    ///
    /// @throws SourceUnavailable when the place as a whole cannot be read
    /// @throws IOException when the line to it breaks on the way
    void each(Look look) throws SourceUnavailable, IOException, InterruptedException;

    @Override
    default void close() throws IOException {}
}
