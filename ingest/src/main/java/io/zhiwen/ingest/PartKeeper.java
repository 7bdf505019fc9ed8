package io.zhiwen.ingest;

import io.zhiwen.ingest.parse.Part;
import io.zhiwen.ingest.parse.PartSink;
import io.zhiwen.ingest.upload.Sha256;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Keeps the files inside of one that is ingested: takes them as they come, and makes them
/// documents once the file around them is understood.
public interface PartKeeper extends PartSink {

    /// Nobody wants them.
    PartKeeper NONE =
            new PartKeeper() {
                @Override
                public void take(Part part, @Nullable Path content) {}

                @Override
                public void keep() {}
            };

    /// Keeps the picture of a figure.
    ///
    /// @return the hash it is kept under; null where nobody wants it
    default @Nullable Sha256 picture(Path content) throws IOException {
        return null;
    }

    /// Called once, when all are taken and before readers find the file around them. A second call
    /// for the same file, after a crash, changes nothing.
    ///
    /// @throws io.zhiwen.ingest.store.AttemptLost when the file around them is another worker's
    void keep();
}
