package io.zhiwen.library;

import java.util.UUID;

/// Names a folder of a base.
public record FolderId(UUID value) {

    @Override
    public String toString() {
        return value.toString();
    }
}
