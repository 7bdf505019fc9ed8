package io.zhiwen.source;

import io.zhiwen.library.BroughtDocuments;
import java.util.UUID;

/// A run that this node has taken.
///
/// @param attempt counts as long as no other node has taken it since
record Claim(
        UUID run,
        int attempt,
        SourceId source,
        Mode mode,
        String kind,
        BroughtDocuments.Into into) {}
