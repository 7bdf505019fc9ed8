package io.zhiwen.source;

import java.util.UUID;

public record SourceId(UUID value) {

    @Override
    public String toString() {
        return value.toString();
    }
}
