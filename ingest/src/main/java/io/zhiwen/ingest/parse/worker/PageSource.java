package io.zhiwen.ingest.parse.worker;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The pages of a document, one after the other; for one reading.
interface PageSource {

    boolean hasMore();

    /// @param most of them
    List<PdfPage> next(int most) throws IOException;

    /// How many are read.
    int read();

    /// What was found by now, for another worker to go on from; null where none can.
    default PageProgress.@Nullable Pages soFar() {
        return null;
    }

    /// Tells what was found about all of them.
    ///
    /// @throws Refused when there was no text at all
    void tell();
}
