package io.zhiwen.pages;

import io.zhiwen.account.Right;
import java.util.Set;

/// What the reader of a page may do in the base it shows, as templates ask.
record May(boolean upload, boolean edit, boolean manage) {

    static May of(Set<Right> rights) {
        return new May(
                rights.contains(Right.UPLOAD),
                rights.contains(Right.EDIT),
                rights.contains(Right.MANAGE));
    }
}
