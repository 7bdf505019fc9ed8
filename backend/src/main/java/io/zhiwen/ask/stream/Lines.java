package io.zhiwen.ask.stream;

import java.util.UUID;

/// The line before each model server.
@FunctionalInterface
public interface Lines {

    /// Of a node that is alone: nobody else asks its servers.
    Lines OWN = (_, count) -> new NodeLine(count);

    /// @param server what all nodes know it by
    /// @param count how many answers it writes at once
    Line of(UUID server, int count);
}
