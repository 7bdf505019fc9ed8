package io.zhiwen.pages;

import io.zhiwen.library.Change;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A change between two versions, each side with what is unlike the other marked in it.
///
/// @param kind `added`, `removed` or `changed`
/// @param where page, in words; may be empty
record ChangeView(String kind, String where, @Nullable Marked before, @Nullable Marked after) {

    /// Shown on one page.
    static final int MOST = 500;

    /// A text around what is marked in it.
    record Marked(String head, String middle, String tail) {}

    static ChangeView of(Change change, Words words, Locale locale) {
        var where = SourceView.where(change.page(), null, words, locale);
        var before = change.before();
        var after = change.after();
        if (before == null || after == null) {
            return new ChangeView(
                    before == null ? "added" : "removed", where, whole(before), whole(after));
        }
        int most = Math.min(before.length(), after.length());
        int head = 0;
        while (head < most && before.charAt(head) == after.charAt(head)) {
            head++;
        }
        head = between(before, head);
        int tail = 0;
        while (tail < most - head
                && before.charAt(before.length() - 1 - tail)
                        == after.charAt(after.length() - 1 - tail)) {
            tail++;
        }
        while (tail > 0 && Character.isLowSurrogate(before.charAt(before.length() - tail))) {
            tail--;
        }
        return new ChangeView(
                "changed", where, marked(before, head, tail), marked(after, head, tail));
    }

    /// Not in the middle of a character.
    private static int between(String text, int at) {
        return at > 0 && Character.isHighSurrogate(text.charAt(at - 1)) ? at - 1 : at;
    }

    private static @Nullable Marked whole(@Nullable String text) {
        return text == null ? null : new Marked("", text, "");
    }

    private static Marked marked(String text, int head, int tail) {
        int end = text.length() - tail;
        return new Marked(text.substring(0, head), text.substring(head, end), text.substring(end));
    }
}
