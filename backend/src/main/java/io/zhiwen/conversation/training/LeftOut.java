package io.zhiwen.conversation.training;

import java.util.Locale;

/// Why a chosen answer is in no line.
public enum LeftOut {
    /// How it came about is no longer kept, so nobody can tell what it rests on.
    NO_TRACE,
    /// It was asked beside files of one chat, which are its owner's alone.
    ATTACHED,
    /// One of its bases is gone, or not the exporter's to manage.
    BASE,
    /// A document it cites was deleted or taken out of use, or is not the exporter's to read.
    DOCUMENT,
    /// It is not good and nobody wrote a better one.
    BAD,
    /// It says nothing.
    EMPTY,
    /// No better or worse answer to the same question is known.
    NO_PAIR;

    /// As pages and the API write it.
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
