package io.zhiwen.library;

import java.util.UUID;

/// Names a field of a base.
public record FieldId(UUID value) {

    @Override
    public String toString() {
        return value.toString();
    }
}
