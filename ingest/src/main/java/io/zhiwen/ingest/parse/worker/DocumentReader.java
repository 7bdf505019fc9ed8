package io.zhiwen.ingest.parse.worker;

import java.io.IOException;
import java.nio.file.Path;

/// Knows one format. Anything it throws but [Refused] means that the file is damaged.
interface DocumentReader {

    void read(Path file, Blocks to) throws IOException;
}
