package io.zhiwen.account;

import java.util.List;

/// One page of a list.
///
/// @param total of all pages
public record Listed<T>(List<T> rows, long total) {

    public Listed {
        rows = List.copyOf(rows);
    }
}
