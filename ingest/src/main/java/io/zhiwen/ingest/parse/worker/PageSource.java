package io.zhiwen.ingest.parse.worker;

import java.io.IOException;
import java.util.List;

/// The pages of a document, one after the other; for one reading.
interface PageSource {

    boolean hasMore();

    /// @param most of them
    List<PdfPage> next(int most) throws IOException;

    /// How many are read.
    int read();

    /// Tells what was found about all of them.
    ///
    /// @throws Refused when there was no text at all
    void tell();
}
