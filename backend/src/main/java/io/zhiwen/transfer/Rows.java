package io.zhiwen.transfer;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Where the rows of an export go, in the import's transaction.
interface Rows {

    /// @throws TransferRefused when they cannot go there
    void requireFit();

    /// The `copy … from stdin` that takes the rows of a table.
    String copyInto(Manifest.Table table);

    /// Once all rows were copied.
    void finish();

    /// The base they make; null for a whole installation.
    @Nullable UUID base();

    /// Readers of the base who have no account here.
    List<String> strangers();
}
